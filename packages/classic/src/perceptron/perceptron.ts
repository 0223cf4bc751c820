import { RandomStream } from '@neurite/data'
import { type Tensor, tensor } from '@neurite/tensor'
import { checkCount, checkPositive } from '../patterns/argument-checks.ts'
import { type Pattern, type Patterns, readPattern, readPatterns, rowOf, vector } from '../patterns/pattern.ts'
import { resultOf } from '../patterns/result-of.ts'
import { type Epoch, initialState, type PerceptronRule, presentAll, rightAnswers } from './learning-rules.ts'

export interface PerceptronOptions {
  /** The weights w [N] before training. Default: uniform in [−`initialRange`, `initialRange`). */
  readonly weights?: Pattern
  /** The offset θ before training; by default like a weight. */
  readonly offset?: number
  /** Default 0.5. */
  readonly initialRange?: number
  /** Start of the random numbers, default 0. */
  readonly seed?: number
}

export interface PerceptronTrainingOptions {
  /** Default 'convergence'. */
  readonly rule?: PerceptronRule
  /** The gain η, default 0.5; 'lms' needs less than 2 / max |x|². */
  readonly learningRate?: number
  /** The most passes through the examples, default 1000. */
  readonly maxEpochs?: number
  /** A new random order in every epoch, default false. */
  readonly shuffle?: boolean
  /** Start of the random orders, default 0. */
  readonly seed?: number
  /** Whether to end when the weights come back to what they were after an earlier epoch, as they will for ever then. Default true. */
  readonly stopOnCycle?: boolean
  /** 'lms' has converged when no weight changes by more in an epoch, default 1e-9. */
  readonly tolerance?: number
}

/** One presentation. */
export interface PerceptronStep {
  /** From 1. */
  readonly epoch: number
  /** The example shown. */
  readonly example: number
  /** w·x − θ before the correction. */
  readonly activation: number
  /** −1 or 1 */
  readonly output: number
  readonly corrected: boolean
  /** The weights and the offset after it. */
  readonly weights: Float64Array
  readonly offset: number
}

export interface PerceptronTraining {
  /**
   * 'converged': a whole epoch without a correction ('lms': without a change above the tolerance); 'cycle': the weights are what they were after an
   * earlier epoch, so the procedure never ends; 'limit': neither within `maxEpochs`.
   */
  readonly outcome: 'converged' | 'cycle' | 'limit'
  /** The epochs that were made, the last one without corrections included. */
  readonly epochs: number
  /** The presentations that changed the weights. */
  readonly corrections: number
  /** The examples that the weights at the end (of the 'pocket' rule: the best ones) answer wrongly. */
  readonly errors: number
  /** After how many epochs the weights repeat; undefined unless they do. */
  readonly period: number | undefined
}

/**
 * The single-layer perceptron: y = f_h(Σ_i w_i x_i − θ) for real inputs and two classes, 1 and −1 (Rosenblatt 1958, "The perceptron: a probabilistic
 * model for information storage and organization in the brain"; Lippmann 1987, box 4).
 *
 * Its convergence procedure ends if and only if a hyperplane separates the classes.
 */
export class Perceptron {
  /** The number of inputs N. */
  readonly inputs: number
  /** [N + 1], the offset last. */
  #weights: Float64Array

  /** @throws RangeError or ShapeError if `inputs` is not a positive integer or the weights do not fit it. */
  constructor(inputs: number, options: PerceptronOptions = {}) {
    checkCount('Perceptron', 'inputs', inputs)
    const { initialRange = 0.5, seed = 0 } = options
    const random = new RandomStream(seed)
    this.inputs = inputs
    this.#weights = Float64Array.from({ length: inputs + 1 }, () => random.uniform(-initialRange, initialRange))
    if (options.weights !== undefined) this.#weights.set(readPattern('Perceptron', options.weights, 'real', inputs))
    if (options.offset !== undefined) this.#weights[inputs] = options.offset
  }

  /** The weights w [N], a copy. */
  get weights(): Float64Array {
    return this.#weights.slice(0, this.inputs)
  }

  /** The offset θ. */
  get offset(): number {
    return this.#weights[this.inputs]!
  }

  /** 1 or −1 for a pattern of N real values; 1 on the boundary. */
  classify(pattern: Pattern): 1 | -1 {
    const x = readPattern('Perceptron.classify', pattern, 'real', this.inputs)
    const activation = x.reduce((sum, value, i) => sum + value * this.#weights[i]!, 0) - this.offset
    return activation >= 0 ? 1 : -1
  }

  /** w·x − θ of rows [..., N], as graph: [...]. */
  forward(x: Tensor): Tensor {
    return x.cast('float64').matmul(vector(this.weights)).subtract(this.offset) as Tensor
  }

  /**
   * Shows the patterns [P, N] with their classes, 1 and −1, epoch after epoch until the procedure ends.
   * @throws ShapeError or RangeError if they do not fit the net or each other, or an option is not in its range.
   */
  train(patterns: Patterns, classes: Pattern, options: PerceptronTrainingOptions = {}): PerceptronTraining {
    return resultOf(this.#epochs('Perceptron.train', patterns, classes, options))
  }

  /** The same presentation by presentation; what the iterator returns at its end is the result. */
  *trace(
    patterns: Patterns,
    classes: Pattern,
    options: PerceptronTrainingOptions = {},
  ): Generator<PerceptronStep, PerceptronTraining, void> {
    const epochs = this.#epochs('Perceptron.trace', patterns, classes, options)
    for (;;) {
      const { done, value } = epochs.next()
      if (done) return value
      for (const [place, example] of value.order.entries()) {
        const after = value.history.slice(place * (this.inputs + 1), (place + 1) * (this.inputs + 1))
        const activation = value.activations[place]!
        yield {
          ...{ epoch: value.number, example, activation, output: activation >= 0 ? 1 : -1 },
          ...{ corrected: value.corrected[place]!, weights: after.slice(0, this.inputs), offset: after[this.inputs]! },
        }
      }
    }
  }

  *#epochs(
    where: string,
    patterns: Patterns,
    classes: Pattern,
    options: PerceptronTrainingOptions,
  ): Generator<ShownEpoch, PerceptronTraining, void> {
    const { rule = 'convergence', learningRate = 0.5, maxEpochs = 1000, shuffle = false, stopOnCycle = true } = options
    checkPositive(where, 'learningRate', learningRate)
    checkCount(where, 'maxEpochs', maxEpochs)
    const rows = readPatterns(where, patterns, 'real', this.inputs)
    const targets = readPattern(`${where}, classes`, classes, 'bipolar', undefined)
    if (targets.length !== rows.count)
      throw new RangeError(`${where}: ${targets.length} classes for ${rows.count} patterns; every pattern needs one.`)
    const augmented = Array.from({ length: rows.count }, (_, row) => [...rowOf(rows, row), -1])
    const order = Int32Array.from(targets.keys())
    const rate = tensor(learningRate, { dtype: 'float64' })
    const random = new RandomStream(options.seed ?? 0)
    const seen = new Map<string, number>([[String(this.#weights), 0]])
    let state = initialState(vector(this.#weights))
    let corrections = 0
    const presentations = (): { inputs: Tensor; targets: Tensor } => ({
      inputs: tensor(Float64Array.from([...order].flatMap((i) => augmented[i]!)), {
        shape: [rows.count, rows.size + 1],
      }),
      targets: tensor(Float64Array.from(order, (i) => targets[i]!)),
    })
    let examples = presentations()
    const end = (outcome: PerceptronTraining['outcome'], epochs: number, period?: number): PerceptronTraining => {
      if (rule === 'pocket') this.#weights = (state.pocket.dataSync() as Float64Array).slice()
      const errors = rows.count - rightAnswers(vector(this.#weights), examples).itemSync()
      return { outcome, epochs, corrections, errors, period }
    }
    for (let number = 1; number <= maxEpochs; number++) {
      if (shuffle) {
        random.shuffle(order)
        examples = presentations()
      }
      const before = this.#weights
      const shown = readEpoch(presentAll(state, examples, rate, rule), { number, order: [...order], targets, rule })
      state = shown.state
      this.#weights = shown.weights
      corrections += shown.corrected.filter(Boolean).length
      yield shown
      const isAtRest =
        rule === 'lms'
          ? this.#weights.every((weight, i) => Math.abs(weight - before[i]!) <= (options.tolerance ?? 1e-9))
          : !shown.corrected.includes(true)
      if (isAtRest) return end('converged', number)
      if (!stopOnCycle || shuffle || rule === 'lms') continue
      const earlier = seen.get(String(this.#weights))
      if (earlier !== undefined) return end('cycle', number, number - earlier)
      seen.set(String(this.#weights), number)
    }
    return end('limit', maxEpochs)
  }
}

/** An epoch, read. */
interface ShownEpoch {
  readonly number: number
  readonly order: readonly number[]
  readonly state: Epoch['state']
  readonly activations: Float64Array
  readonly corrected: readonly boolean[]
  /** [P, N + 1] */
  readonly history: Float64Array
  readonly weights: Float64Array
}

function readEpoch(
  epoch: Epoch,
  shown: {
    readonly number: number
    readonly order: readonly number[]
    readonly targets: Float64Array
    readonly rule: PerceptronRule
  },
): ShownEpoch {
  const activations = epoch.activations.dataSync() as Float64Array
  const corrected = shown.order.map((example, place) => {
    const activation = activations[place]!
    return shown.targets[example] !== (shown.rule === 'lms' ? activation : activation >= 0 ? 1 : -1)
  })
  const weights = epoch.state.weights.dataSync() as Float64Array
  return {
    ...shown,
    state: epoch.state,
    activations,
    corrected,
    history: epoch.history.dataSync() as Float64Array,
    weights,
  }
}
