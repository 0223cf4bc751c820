import { compile } from '@neurite/compiler'
import { RandomStream } from '@neurite/data'
import { scan, stack, type Tensor, tensor, zerosLike } from '@neurite/tensor'
import { checkBetween, checkCount, checkPositive } from '../patterns/argument-checks.ts'
import {
  matrix,
  type Pattern,
  type Patterns,
  type Rows,
  readPattern,
  readPatterns,
  rowOf,
  vector,
} from '../patterns/pattern.ts'
import { resultOf } from '../patterns/result-of.ts'
import { backPropagate, propagate, type SigmoidLayer, type Wiring } from './back-propagation.ts'

export interface MultiLayerPerceptronOptions {
  /** The gain η, default 0.3. */
  readonly learningRate?: number
  /** The momentum α, 0 ≤ α < 1, default 0.7. */
  readonly momentum?: number
  /** Weights and offsets start uniform in [−`initialRange`, `initialRange`), default 1: small ones learn later. */
  readonly initialRange?: number
  /** Start of the random numbers, default 0. */
  readonly seed?: number
  /** Whether every layer also sees the inputs of the net, behind the outputs of the layer below. Default false. */
  readonly shortcuts?: boolean
}

export interface MultiLayerPerceptronTrainingOptions {
  /** The most passes through the examples, default 1. */
  readonly epochs?: number
  /** A new random order in every epoch, default false. */
  readonly shuffle?: boolean
  /** Start of the random orders, default 0. */
  readonly seed?: number
  /** Ends after the epoch that brings every output within this distance of the desired one; by default there is no such end. */
  readonly tolerance?: number
}

/** One pass through the examples. */
export interface MultiLayerPerceptronEpoch {
  /** From 1. */
  readonly epoch: number
  /** Mean over the examples of ½ Σ (d − y)², each as it was when the example was shown. */
  readonly error: number
  /** The largest |d − y| after the epoch. */
  readonly worst: number
}

export interface MultiLayerPerceptronTraining {
  /** 'solved': every output is within the tolerance; 'limit': not so after all epochs, or no tolerance was given. */
  readonly outcome: 'solved' | 'limit'
  readonly epochs: number
  readonly error: number
  readonly worst: number
}

/**
 * The multi-layer perceptron: layers of sigmoid nodes, trained by back-propagation with momentum, one example after the other (Rumelhart, Hinton &
 * Williams 1986, "Learning internal representations by error propagation"; Lippmann 1987, box 5).
 *
 * w(t + 1) = w(t) + η δ x' + α (w(t) − w(t − 1)). All in float64. For large nets and other layers use `@neurite/layers` with an optimizer.
 */
export class MultiLayerPerceptron {
  /** Nodes of each layer, the inputs first. */
  readonly sizes: readonly number[]
  readonly learningRate: number
  readonly momentum: number
  readonly shortcuts: boolean
  #state: TrainingState

  /** @throws RangeError if there are fewer than two sizes, one is not a positive integer, or an option is not in its range. */
  constructor(sizes: readonly number[], options: MultiLayerPerceptronOptions = {}) {
    const { learningRate = 0.3, momentum = 0.7, initialRange = 1, seed = 0, shortcuts = false } = options
    if (sizes.length < 2)
      throw new RangeError(
        `MultiLayerPerceptron: ${sizes.length} sizes; it needs those of the inputs and of the outputs.`,
      )
    for (const size of sizes) checkCount('MultiLayerPerceptron', 'a size', size)
    checkPositive('MultiLayerPerceptron', 'learningRate', learningRate)
    checkBetween('MultiLayerPerceptron', 'momentum', momentum, 0, 1)
    this.sizes = [...sizes]
    this.learningRate = learningRate
    this.momentum = momentum
    this.shortcuts = shortcuts
    const random = new RandomStream(seed)
    const draw = (...shape: number[]): Tensor =>
      tensor(
        Float64Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.uniform(-initialRange, initialRange)),
        { shape },
      )
    const layers = sizes.slice(1).map((size, layer) => {
      const inputs = sizes[layer]! + (shortcuts && layer > 0 ? sizes[0]! : 0)
      return { weights: draw(size, inputs), offsets: draw(size) }
    })
    const changes = layers.map(({ weights, offsets }) => ({ weights: zerosLike(weights), offsets: zerosLike(offsets) }))
    this.#state = { layers, changes }
  }

  /** The layers, from the first: weights [out, in] and offsets θ [out]. */
  get layers(): readonly SigmoidLayer[] {
    return this.#state.layers
  }

  /** The outputs for rows [..., inputs], as graph: [..., outputs]. */
  forward(x: Tensor): Tensor {
    return propagate(this.layers, x.cast('float64') as Tensor, this.#wiring).outputs.at(-1)!
  }

  /**
   * The outputs for one pattern of real values.
   * @throws ShapeError or RangeError if it does not fit the net.
   */
  recall(pattern: Pattern): Float64Array {
    const x = readPattern('MultiLayerPerceptron.recall', pattern, 'real', this.sizes[0])
    return outputsOf(this.layers, vector(x), this.#wiring).dataSync() as Float64Array
  }

  /** The outputs for many patterns [P, inputs]: rows of one array. */
  recallAll(patterns: Patterns): Float64Array[] {
    const rows = readPatterns('MultiLayerPerceptron.recallAll', patterns, 'real', this.sizes[0])
    const data = outputsOf(this.layers, matrix(rows), this.#wiring).dataSync() as Float64Array
    const size = this.sizes.at(-1)!
    return Array.from({ length: rows.count }, (_, row) => data.slice(row * size, (row + 1) * size))
  }

  /** The class of a pattern: the node with the largest output; with one output, 1 where it is at least ½, else 0. */
  classify(pattern: Pattern): number {
    return classOf(this.recall(pattern))
  }

  /** The classes of many patterns [P, inputs]. */
  classifyAll(patterns: Patterns): number[] {
    return this.recallAll(patterns).map(classOf)
  }

  /**
   * Shows the patterns [P, inputs] with their desired outputs [P, outputs], values from 0 to 1.
   * @throws ShapeError or RangeError if they do not fit the net or each other, or an option is not in its range.
   */
  train(
    patterns: Patterns,
    desired: Patterns,
    options: MultiLayerPerceptronTrainingOptions = {},
  ): MultiLayerPerceptronTraining {
    return resultOf(this.trace(patterns, desired, options))
  }

  /** The same epoch by epoch; what the iterator returns at its end is the result. */
  *trace(
    patterns: Patterns,
    desired: Patterns,
    options: MultiLayerPerceptronTrainingOptions = {},
  ): Generator<MultiLayerPerceptronEpoch, MultiLayerPerceptronTraining, void> {
    const { epochs = 1, shuffle = false, tolerance = Number.NEGATIVE_INFINITY } = options
    checkCount('MultiLayerPerceptron.trace', 'epochs', epochs)
    const x = readPatterns('MultiLayerPerceptron.train', patterns, 'real', this.sizes[0])
    const d = readPatterns('MultiLayerPerceptron.train, desired outputs', desired, 'real', this.sizes.at(-1))
    if (x.count !== d.count)
      throw new RangeError(
        `MultiLayerPerceptron.train: ${d.count} desired outputs for ${x.count} patterns; every pattern needs one.`,
      )
    const gains = {
      rate: tensor(this.learningRate, { dtype: 'float64' }),
      momentum: tensor(this.momentum, { dtype: 'float64' }),
    }
    const random = new RandomStream(options.seed ?? 0)
    const order = [...Array(x.count).keys()]
    let examples = { inputs: matrix(x), desired: matrix(d) }
    for (let epoch = 1; ; epoch++) {
      if (shuffle) {
        random.shuffle(order)
        examples = { inputs: matrix(inOrder(x, order)), desired: matrix(inOrder(d, order)) }
      }
      const shown = presentAll(this.#state, examples, gains, this.#wiring.shortcuts)
      this.#state = shown.state
      const [error, worst] = shown.errors.dataSync() as unknown as [number, number]
      yield { epoch, error, worst }
      if (worst <= tolerance) return { outcome: 'solved', epochs: epoch, error, worst }
      if (epoch === epochs) return { outcome: 'limit', epochs, error, worst }
    }
  }

  get #wiring(): Wiring {
    return { shortcuts: this.shortcuts }
  }
}

type TrainingState = {
  readonly layers: readonly SigmoidLayer[]
  /** w(t) − w(t − 1) */
  readonly changes: readonly SigmoidLayer[]
}

type Examples = { readonly inputs: Tensor; readonly desired: Tensor }

type Gains = { readonly rate: Tensor; readonly momentum: Tensor }

/** An epoch as one program; the errors are the mean one and the largest difference that is left. */
const presentAll = /* @__PURE__ */ compile(
  (initial: TrainingState, examples: Examples, { rate, momentum }: Gains, shortcuts: boolean) => {
    const [state, errors] = scan(
      ({ layers, changes }: TrainingState, { inputs, desired }: Examples) => {
        const { outputs, corrections } = backPropagate(layers, inputs, desired, { shortcuts })
        const changed = corrections.map((correction, layer) => change(correction, changes[layer]!))
        const next = { layers: layers.map((layer, i) => add(layer, changed[i]!)), changes: changed }
        return [next, desired.subtract(outputs).square().sum().multiply(0.5) as Tensor]
      },
      initial,
      examples,
    )
    const outputs = propagate(state.layers, examples.inputs, { shortcuts }).outputs.at(-1)!
    const worst = examples.desired.subtract(outputs).absolute().max()
    return { state, errors: stack([errors.mean() as Tensor<[]>, worst as Tensor<[]>], 0) as Tensor }

    function change(correction: SigmoidLayer, before: SigmoidLayer): SigmoidLayer {
      const next = (of: 'weights' | 'offsets'): Tensor =>
        correction[of].multiply(rate).add(before[of].multiply(momentum))
      return { weights: next('weights'), offsets: next('offsets') }
    }
  },
)

const outputsOf = /* @__PURE__ */ compile(
  (layers: readonly SigmoidLayer[], x: Tensor, { shortcuts }: Wiring): Tensor =>
    propagate(layers, x, { shortcuts }).outputs.at(-1)!,
)

function add(layer: SigmoidLayer, change: SigmoidLayer): SigmoidLayer {
  return { weights: layer.weights.add(change.weights) as Tensor, offsets: layer.offsets.add(change.offsets) as Tensor }
}

function classOf(outputs: Float64Array): number {
  if (outputs.length === 1) return outputs[0]! >= 0.5 ? 1 : 0
  return outputs.indexOf(Math.max(...outputs))
}

function inOrder(rows: Rows, order: readonly number[]): Rows {
  const data = new Float64Array(rows.data.length)
  order.forEach((row, place) => {
    data.set(rowOf(rows, row), place * rows.size)
  })
  return { ...rows, data }
}
