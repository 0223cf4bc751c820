import { compile } from '@neurite/compiler'
import type { Tensor } from '@neurite/tensor'
import {
  matrix,
  type Pattern,
  type Patterns,
  type Rows,
  readPattern,
  readPatterns,
  vector,
} from '../patterns/pattern.ts'
import { Maxnet, type MaxnetOptions, type MaxnetResult, type MaxnetStep } from './maxnet.ts'

export interface HammingOptions extends MaxnetOptions {
  /** Where the threshold logic of the lower net saturates, default Infinity. It must be above N, else good matches would look alike. */
  readonly saturation?: number
}

export interface HammingResult extends MaxnetResult {
  /** The matching scores u_j(0) [M]: the number of values that agree with exemplar j. */
  readonly scores: Float64Array
  /** The Hamming distance between the pattern and the winning exemplar; undefined without a winner. */
  readonly distance: number | undefined
}

/**
 * The Hamming net: finds the exemplar that differs from a pattern of −1 and 1 in the fewest places, by matching scores and a MAXNET that picks
 * the largest (Lippmann 1987, box 2). That is the minimum-error classifier where bits are flipped independently with a probability below ½.
 */
export class HammingNet {
  readonly #exemplars: Rows
  readonly #maxnet: Maxnet
  readonly #weights: Tensor<[number, number], 'float64'>

  /**
   * A net for the exemplars [M, N], values −1 and 1.
   * @throws ShapeError or RangeError if they are not such patterns, ε does not lie between 0 and 1/M, or `saturation` is not above N.
   */
  constructor(exemplars: Patterns, options: HammingOptions = {}) {
    this.#exemplars = readPatterns('HammingNet', exemplars, 'bipolar', undefined)
    const { saturation = Number.POSITIVE_INFINITY, ...maxnetOptions } = options
    if (!(saturation > this.inputs))
      throw new RangeError(
        `HammingNet: saturation at ${saturation}; scores reach N = ${this.inputs} and must stay below.`,
      )
    this.#maxnet = new Maxnet(this.classes, maxnetOptions)
    this.#weights = halve(matrix(this.#exemplars))
  }

  /** The number of inputs N. */
  get inputs(): number {
    return this.#exemplars.size
  }

  /** The number of exemplars M. */
  get classes(): number {
    return this.#exemplars.count
  }

  /** The weights of the lower net w_ij = x_i^j / 2, exemplars as rows [M, N]; its offset is N/2. */
  get weights(): Tensor<[number, number], 'float64'> {
    return this.#weights
  }

  /** The inhibition ε of the upper net. */
  get epsilon(): number {
    return this.#maxnet.epsilon
  }

  /** The matching scores [M]: N minus the Hamming distances. */
  scores(pattern: Pattern): Float64Array {
    const values = readPattern('HammingNet', pattern, 'bipolar', this.inputs)
    return matchingScores(this.#weights, vector(values)).dataSync() as Float64Array
  }

  /**
   * The exemplar nearest to the pattern.
   * @throws ShapeError or RangeError if it is not a pattern of −1 and 1 with N values.
   */
  classify(pattern: Pattern): HammingResult {
    const scores = this.scores(pattern)
    return this.#withScores(scores, this.#maxnet.recall(scores))
  }

  /** The upper net's work, iteration by iteration, the matching scores first; what the iterator returns at its end is the result. */
  *trace(pattern: Pattern): Generator<MaxnetStep, HammingResult, void> {
    const scores = this.scores(pattern)
    return this.#withScores(scores, yield* this.#maxnet.trace(scores))
  }

  #withScores(scores: Float64Array, result: MaxnetResult): HammingResult {
    const distance = result.winner < 0 ? undefined : this.inputs - scores[result.winner]!
    return { ...result, scores, distance }
  }
}

const halve = /* @__PURE__ */ compile((exemplars: Tensor): Tensor => exemplars.divide(2))

// f_t(Σ_i w_ij x_i + N/2): the sign of the offset that gives N − distance; the box prints the other one.
const matchingScores = /* @__PURE__ */ compile(
  (weights: Tensor, pattern: Tensor): Tensor =>
    weights
      .matmul(pattern)
      .add(pattern.shape[0]! / 2)
      .maximum(0),
)
