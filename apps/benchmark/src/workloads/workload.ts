// What is measured, described once for all libraries: sizes, data, initial weights. How a library does it stands in `libraries/`.

/** Numbers of a shape, row-major. */
export interface Values<Data extends Float32Array | Int32Array = Float32Array> {
  readonly shape: readonly number[]
  readonly data: Data
}

/** Numbers of an affine map. */
export interface Affine {
  readonly weight: Values
  readonly bias: Values
}

/** Gates in PyTorch's order: input, forget, candidate, output. */
export interface LSTMLayer {
  readonly kind: 'lstm'
  /** [4 · hidden, in] */
  readonly inputWeight: Values
  /** [4 · hidden, hidden] */
  readonly hiddenWeight: Values
  readonly inputBias: Values
  readonly hiddenBias: Values
}

/** Attention of every position [N, time, features] to itself and those before. */
export interface CausalSelfAttentionLayer {
  readonly kind: 'causalSelfAttention'
  readonly heads: number
  /** [3 · features, features]: queries, keys and values, one below the other. */
  readonly projection: Affine
  readonly output: Affine
}

/**
 * PyTorch's meanings and layouts: images [N, C, H, W], sequences [N, time, features]; weights [out, in] and [out, in, height, width], from
 * which sizes follow.
 */
export type Layer =
  | ({ readonly kind: 'linear' } & Affine)
  /** Stride 1, no padding. */
  | ({ readonly kind: 'conv2d' } & Affine)
  /** Windows of size × size, side by side; what does not fill one is left out. */
  | { readonly kind: 'maxPool2d'; readonly size: number }
  /** [N, time, in] to the hidden state after the last step, [N, hidden]. The first state is zeros. */
  | LSTMLayer
  /** Classes [N, time] to rows of the weight. */
  | { readonly kind: 'embedding'; readonly weight: Values }
  /** Adds a row of the weight [time, features] to every position. */
  | { readonly kind: 'positions'; readonly weight: Values }
  /** Over the last axis; ε = 1e-5. */
  | ({ readonly kind: 'layerNorm' } & Affine)
  | CausalSelfAttentionLayer
  /** Adds what the layers make of an input to it. */
  | { readonly kind: 'residual'; readonly layers: readonly Layer[] }
  /** `gelu` with the hyperbolic tangent, as GPT-2 has it. */
  | { readonly kind: 'flatten' | 'relu' | 'tanh' | 'gelu' }

/**
 * The mean over the batch, or over all positions of it. Targets: probabilities [N, 1] for `binaryCrossEntropyWithLogits`, classes [N] or
 * [N, time] on the last axis of the outputs for `crossEntropy`.
 */
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
  /** Integers where an `embedding` comes first. */
  readonly inputs: Values | Values<Int32Array>
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

/** Windows of images [N, C, H, W] with a weight [out, C, 3, 3]: stride 1, a border of zeros one wide. */
export interface ConvolutionWork {
  readonly kind: 'convolution'
  readonly images: Values
  readonly weight: Values
}

/** Softmax of the rows of a matrix. */
export interface SoftmaxWork {
  readonly kind: 'softmax'
  readonly x: Values
}

export type Work = TrainingWork | MatmulWork | ConvolutionWork | ElementwiseChainWork | SoftmaxWork

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
  /** By the number of a checked run, from 1: its loss as a float64 program in NumPy or PyTorch computes it from this description. */
  readonly knownLosses?: Readonly<Record<number, number>>
  /** Runs in a process of its own, after which its memory is measured. */
  readonly runsInOwnProcess?: number
  /** Whether it is what libraries are started with: the time to its first result is measured, and the sizes of the programs in `minimal/`. */
  readonly isFirstSteps?: boolean
}
