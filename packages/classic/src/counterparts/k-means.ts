import { compile } from '@neurite/compiler'
import { RandomStream } from '@neurite/data'
import { iota, type Tensor, tensor } from '@neurite/tensor'
import { checkCount } from '../patterns/argument-checks.ts'
import { matrix, type Patterns, type Rows, readPatterns, rowOf } from '../patterns/pattern.ts'

export interface KMeansResult {
  /** The means of the clusters [k], each [N]. */
  readonly means: readonly Float64Array[]
  /** The cluster of each pattern. */
  readonly clusters: readonly number[]
  /** Σ |x − m|², what k-means makes small. */
  readonly error: number
  readonly iterations: number
  /** Whether the last iteration changed nothing. */
  readonly converged: boolean
}

export interface KMeansOptions {
  /** The means before the first iteration; default: patterns far from each other, drawn as k-means++ does (Arthur & Vassilvitskii 2007). */
  readonly means?: Patterns
  /** Start of the random numbers, default 0. */
  readonly seed?: number
  /** Default 100. */
  readonly maxIterations?: number
}

/**
 * k-means: every pattern to the nearest mean, every mean to the middle of its patterns, until nothing changes (Lloyd 1957; MacQueen 1967). The classical counterpart of
 * Kohonen's map. A mean that loses all its patterns stays where it is.
 * @throws RangeError or ShapeError if there are fewer patterns than clusters, or the means do not fit.
 */
export function kMeans(patterns: Patterns, clusters: number, options: KMeansOptions = {}): KMeansResult {
  const rows = readPatterns('kMeans', patterns, 'real', undefined)
  checkCount('kMeans', 'clusters', clusters)
  const { seed = 0, maxIterations = 100 } = options
  checkCount('kMeans', 'maxIterations', maxIterations)
  if (clusters > rows.count) throw new RangeError(`kMeans: ${clusters} clusters of ${rows.count} patterns.`)
  const start =
    options.means === undefined
      ? spreadMeans(rows, clusters, seed)
      : readPatterns('kMeans, means', options.means, 'real', rows.size)
  if (start.count !== clusters) throw new RangeError(`kMeans: ${start.count} means for ${clusters} clusters.`)
  const x = matrix(rows)
  let means: Tensor = matrix(start)
  let assigned: readonly number[] = []
  for (let iteration = 1; ; iteration++) {
    const step = lloydStep(means, x)
    const clustersNow = [...step.clusters.dataSync()]
    const converged = clustersNow.every((cluster, i) => cluster === assigned[i])
    if (converged || iteration === maxIterations) {
      const data = means.dataSync() as Float64Array
      return {
        means: Array.from({ length: clusters }, (_, k) => data.slice(k * rows.size, (k + 1) * rows.size)),
        ...{ clusters: clustersNow, error: step.error.itemSync(), iterations: iteration, converged },
      }
    }
    assigned = clustersNow
    means = step.means
  }
}

/** The nearest means, the error with them, and the means of what is nearest to each. */
const lloydStep = /* @__PURE__ */ compile((means: Tensor, x: Tensor) => {
  const differences: Tensor = x.unsqueeze(1).subtract(means)
  const squares: Tensor = differences.square().sum(2)
  const clusters = squares.argMin(1) as Tensor
  const isMember: Tensor = clusters
    .unsqueeze(1)
    .equal(iota([1, means.shape[0]!], 1))
    .cast('float64')
  const counts: Tensor = isMember.sum(0).unsqueeze(1)
  const middles: Tensor = isMember.transpose().matmul(x).divide(counts.maximum(1))
  return { clusters, error: squares.min(1).sum() as Tensor, means: counts.greater(0).choose(middles, means) as Tensor }
})

/** Patterns as means: each drawn with a probability that grows with the squared distance from those before. */
function spreadMeans(rows: Rows, clusters: number, seed: number): Rows {
  const random = new RandomStream(seed)
  const chosen = [rowOf(rows, random.below(rows.count))]
  while (chosen.length < clusters) {
    const distances = Array.from({ length: rows.count }, (_, row) =>
      Math.min(...chosen.map((mean) => rowOf(rows, row).reduce((sum, value, i) => sum + (value - mean[i]!) ** 2, 0))),
    )
    const aim = random.uniform(
      0,
      distances.reduce((sum, distance) => sum + distance, 0),
    )
    let before = 0
    const next = distances.findIndex((distance) => {
      before += distance
      return aim < before
    })
    // All patterns are means already: any will do.
    chosen.push(rowOf(rows, Math.max(0, next)))
  }
  return {
    count: clusters,
    size: rows.size,
    data: tensor(
      chosen.map((mean) => [...mean]),
      { dtype: 'float64' },
    ).dataSync() as Float64Array,
  }
}
