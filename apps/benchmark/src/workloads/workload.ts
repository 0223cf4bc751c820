// What is measured, described once for all libraries: sizes, data, initial weights. How a library does it stands in `libraries/`.

/** Numbers of a shape, row-major. */
export interface Values<Data extends Float32Array | Int32Array = Float32Array> {
  readonly shape: readonly number[]
  readonly data: Data
}

/** PyTorch's meanings and layouts: images [N, C, H, W]; weights [out, in] and [out, in, height, width], from which sizes follow. */
export type Layer =
  | { readonly kind: 'linear'; readonly weight: Values; readonly bias: Values }
  /** Stride 1, no padding. */
  | { readonly kind: 'conv2d'; readonly weight: Values; readonly bias: Values }
  /** Windows of size × size, side by side; what does not fill one is left out. */
  | { readonly kind: 'maxPool2d'; readonly size: number }
  | { readonly kind: 'flatten' | 'relu' | 'tanh' }

/** The mean over the batch. Targets: probabilities [N, 1] for `binaryCrossEntropyWithLogits`, classes [N] for `crossEntropy`. */
export type Loss =
  | { readonly kind: 'binaryCrossEntropyWithLogits'; readonly targets: Values }
  | { readonly kind: 'crossEntropy'; readonly targets: Values<Int32Array>; readonly classes: number }

/** `adam`: β₁ = 0.9, β₂ = 0.999, ε = 1e-8, with bias correction. `sgd`: plain. */
export interface Optimizer {
  readonly kind: 'sgd' | 'adam'
  readonly learningRate: number
}

/** Step after step on one batch: forward, backward, update, and the loss (of before the update) read. */
export interface TrainingWork {
  readonly kind: 'training'
  readonly inputs: Values
  readonly layers: readonly Layer[]
  readonly loss: Loss
  readonly optimizer: Optimizer
}

/** left · right of two matrices. */
export interface MatmulWork {
  readonly kind: 'matmul'
  readonly left: Values
  readonly right: Values
}

/** tanh(x · a + b) · sigmoid(x), elementwise over arrays of one shape. */
export interface ElementwiseChainWork {
  readonly kind: 'elementwiseChain'
  readonly x: Values
  readonly a: Values
  readonly b: Values
}

export type Work = TrainingWork | MatmulWork | ElementwiseChainWork

export interface Workload {
  /** As `--only` takes it. */
  readonly name: string
  readonly summary: string
  /** The same data at every call. */
  make(): Work
  /** Floating-point operations of a run, where throughput is of interest. */
  readonly operations?: number
  /** How many first runs all libraries must agree on before any is timed. */
  readonly checkedRuns: number
  /** Largest difference of two results that agree, relative to the largest number in them. */
  readonly tolerance: number
  /** By the number of a checked run, from 1: its loss as a float64 program in NumPy computes it from this description. */
  readonly knownLosses?: Readonly<Record<number, number>>
  /** Runs in a process of its own that measures the cold start before, and the memory after them. */
  readonly runsInOwnProcess?: number
}
