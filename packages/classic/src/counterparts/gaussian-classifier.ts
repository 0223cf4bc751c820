import { compile } from '@neurite/compiler'
import { inverse, logDeterminant, type Tensor, tensor } from '@neurite/tensor'
import { matrix, type Pattern, type Patterns, readPattern, readPatterns, vector } from '../patterns/pattern.ts'
import { groupByClass } from './labelled-rows.ts'

/**
 * What is assumed of the classes. 'independent': inputs are independent, each with a variance that is the same in all classes; 'shared': one covariance matrix for all
 * classes (both: linear borders); 'separate': one for each class (quadratic borders).
 */
export type CovarianceModel = 'independent' | 'shared' | 'separate'

/** y = w·x − θ ≥ 0 for the first class. */
export interface LinearDiscriminant {
  readonly weights: Float64Array
  readonly offset: number
}

/**
 * The Gaussian maximum-likelihood classifier: the class under whose normal distribution, with mean and covariance estimated from examples, the pattern is likeliest.
 * The classical counterpart of the single-layer perceptron (Lippmann 1987, “Gaussian maximum likelihood classifier”); all classes count as equally frequent.
 */
export class GaussianClassifier {
  readonly covariance: CovarianceModel
  #estimates: Estimates | undefined
  #inputs = 0

  constructor(options: { readonly covariance?: CovarianceModel } = {}) {
    this.covariance = options.covariance ?? 'shared'
  }

  /**
   * Estimates the distributions from patterns [P, N] and their classes, whole numbers from 0.
   * @throws RangeError or ShapeError if these do not fit, a class has too few examples for its covariance, or a covariance is singular.
   */
  train(patterns: Patterns, classes: ArrayLike<number>): this {
    const rows = readPatterns('GaussianClassifier.train', patterns, 'real', undefined)
    const groups = groupByClass('GaussianClassifier.train', rows, classes)
    const size = rows.size
    const means = groups.map((members) => meanOf(members, size))
    const scatters = groups.map((members, k) => scatterOf(members, means[k]!))
    const pooled = scatters[0]!.map((_, at) => scatters.reduce((sum, scatter) => sum + scatter[at]!, 0) / rows.count)
    const covariances = groups.map((members, k) => {
      if (this.covariance === 'separate') return scatters[k]!.map((value) => value / members.length)
      return this.covariance === 'shared' ? pooled : pooled.map((value, at) => (at % (size + 1) === 0 ? value : 0))
    })
    const stacked = tensor(Float64Array.from(covariances.flatMap((covariance) => [...covariance])), {
      shape: [groups.length, size, size],
    })
    const logarithms = logDeterminant(stacked as Tensor)
    const [signs, sizes] = [logarithms.sign.dataSync(), logarithms.logAbsolute.dataSync()]
    const singular = signs.findIndex((sign, k) => !(sign > 0 && Number.isFinite(sizes[k]!)))
    if (singular >= 0)
      throw new RangeError(
        `GaussianClassifier.train: the covariance of class ${singular} is singular; give more examples, or assume 'independent' inputs.`,
      )
    this.#inputs = size
    this.#estimates = {
      means: tensor(Float64Array.from(means.flatMap((mean) => [...mean])), { shape: [groups.length, size] }),
      precisions: inverse(stacked as Tensor) as Tensor,
      logDeterminants: logarithms.logAbsolute,
    }
    return this
  }

  /** The log-likelihoods of the classes, up to the same constant. */
  scores(pattern: Pattern): Float64Array {
    const x = readPattern('GaussianClassifier', pattern, 'real', this.#inputs)
    return logLikelihoods(this.#known, vector(x).unsqueeze(0)).dataSync() as Float64Array
  }

  /** The likeliest class. */
  classify(pattern: Pattern): number {
    const scores = this.scores(pattern)
    return scores.indexOf(Math.max(...scores))
  }

  /** The likeliest classes of many patterns [P, N]. */
  classifyAll(patterns: Patterns): number[] {
    const rows = readPatterns('GaussianClassifier', patterns, 'real', this.#inputs)
    return [...logLikelihoods(this.#known, matrix(rows)).argMax(1).dataSync()]
  }

  /**
   * For two classes A, B of one covariance: the same decision as a single node. With independent inputs w_i = 2 (m_Ai − m_Bi) / σ_i² and θ = Σ (m_Ai² − m_Bi²) / σ_i².
   * @throws Error if there are not two classes, or each has a covariance of its own.
   */
  discriminant(): LinearDiscriminant {
    const { means, precisions } = this.#known
    if (this.covariance === 'separate' || means.shape[0] !== 2)
      throw new Error('GaussianClassifier.discriminant: only two classes of one covariance have a line between them.')
    const precision = precisions.select(0, 0) as Tensor
    const [a, b] = [means.select(0, 0) as Tensor, means.select(0, 1) as Tensor]
    const weights: Tensor = precision.matmul(a.subtract(b)).multiply(2)
    const offset: Tensor = weights.dot(a.add(b)).divide(2)
    return { weights: weights.dataSync() as Float64Array, offset: offset.itemSync() }
  }

  get #known(): Estimates {
    if (this.#estimates === undefined)
      throw new Error('GaussianClassifier: nothing is known of the classes; train it first.')
    return this.#estimates
  }
}

interface Estimates {
  /** [K, N] */
  readonly means: Tensor
  /** The inverse covariances [K, N, N]. */
  readonly precisions: Tensor
  /** log |Σ_k| [K] */
  readonly logDeterminants: Tensor
}

/** −½ (x − m)ᵀ Σ⁻¹ (x − m) − ½ log |Σ| [P, K]. */
const logLikelihoods = /* @__PURE__ */ compile(
  ({ means, precisions, logDeterminants }: { [Name in keyof Estimates]: Tensor }, x: Tensor): Tensor => {
    const away: Tensor = x.unsqueeze(0).subtract(means.unsqueeze(1))
    const distances: Tensor = away.matmul(precisions).multiply(away).sum(2)
    return distances.add(logDeterminants.unsqueeze(1)).multiply(-0.5).transpose() as Tensor
  },
)

function meanOf(members: readonly Float64Array[], size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => members.reduce((sum, x) => sum + x[i]!, 0) / members.length)
}

/** Σ (x − m)(x − m)ᵀ, row-major. */
function scatterOf(members: readonly Float64Array[], mean: Float64Array): Float64Array {
  const size = mean.length
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    return members.reduce((sum, x) => sum + (x[i]! - mean[i]!) * (x[j]! - mean[j]!), 0)
  })
}
