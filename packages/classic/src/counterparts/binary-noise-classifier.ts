import { compile } from '@neurite/compiler'
import type { Tensor } from '@neurite/tensor'
import { matrix, type Pattern, type Patterns, readPattern, readPatterns, vector } from '../patterns/pattern.ts'

/**
 * The optimum classifier for exemplars of −1 and 1 whose bits are inverted independently with probability `flip` each: the likeliest exemplar. For flip < ½ that is
 * the one at the least Hamming distance, which is what the Hamming net finds (Gallager 1968; Lippmann 1987, box 2).
 *
 * With `priors` it is the most probable one, which a frequent exemplar may be at a larger distance.
 */
export class BinaryNoiseClassifier {
  readonly flip: number
  readonly #exemplars: Tensor
  readonly #logPriors: Float64Array
  readonly #inputs: number

  /** @throws RangeError or ShapeError if the exemplars are no such patterns, `flip` is not between 0 and 1, or the priors are not a positive number for each exemplar. */
  constructor(exemplars: Patterns, options: { readonly flip?: number; readonly priors?: ArrayLike<number> } = {}) {
    const rows = readPatterns('BinaryNoiseClassifier', exemplars, 'bipolar', undefined)
    const { flip = 0.25, priors = new Float64Array(rows.count).fill(1) } = options
    if (!(flip > 0 && flip < 1))
      throw new RangeError(`BinaryNoiseClassifier: flip is ${flip}; it must lie between 0 and 1.`)
    if (priors.length !== rows.count || !Array.from(priors).every((prior) => prior > 0))
      throw new RangeError(
        `BinaryNoiseClassifier: priors are ${Array.from(priors).join(', ')}; it needs a positive number for each of ${rows.count} exemplars.`,
      )
    const total = Array.from(priors).reduce((sum, prior) => sum + prior, 0)
    this.flip = flip
    this.#exemplars = matrix(rows)
    this.#inputs = rows.size
    this.#logPriors = Float64Array.from(priors, (prior) => Math.log(prior / total))
  }

  /** log p(x | exemplar) + log prior of each exemplar: d log flip + (N − d) log (1 − flip) for the Hamming distance d. */
  scores(pattern: Pattern): Float64Array {
    const x = readPattern('BinaryNoiseClassifier', pattern, 'bipolar', this.#inputs)
    const distances = hammingDistances(this.#exemplars, vector(x)).dataSync()
    return this.#logPriors.map(
      (prior, j) =>
        prior + distances[j]! * Math.log(this.flip) + (this.#inputs - distances[j]!) * Math.log1p(-this.flip),
    )
  }

  /** The likeliest exemplar, the first of equal ones. */
  classify(pattern: Pattern): number {
    const scores = this.scores(pattern)
    return scores.indexOf(Math.max(...scores))
  }
}

const hammingDistances = /* @__PURE__ */ compile(
  (exemplars: Tensor, x: Tensor): Tensor => exemplars.notEqual(x).cast('float64').sum(1) as Tensor,
)
