import { checkPositive } from '../patterns/argument-checks.ts'
import { type Patterns, readPatterns, rowOf } from '../patterns/pattern.ts'

export interface LeaderClustering {
  /** The pattern that opened each cluster. */
  readonly leaders: readonly Float64Array[]
  /** The cluster of each pattern. */
  readonly clusters: readonly number[]
}

/**
 * The leader algorithm: a pattern joins the cluster of the nearest leader if that is not farther than `threshold`, else it leads a cluster of its own; one pass, in the
 * given order (Hartigan 1975). The classical counterpart of the Carpenter–Grossberg net, whose exemplars change where leaders stay.
 * @throws RangeError or ShapeError if the threshold is not a positive number or the patterns do not fit each other.
 */
export function leaderClustering(
  patterns: Patterns,
  threshold: number,
  options: {
    /** 'euclidean' (default), or 'hamming': the number of places that differ. */ readonly distance?:
      | 'euclidean'
      | 'hamming'
  } = {},
): LeaderClustering {
  checkPositive('leaderClustering', 'threshold', threshold)
  const rows = readPatterns('leaderClustering', patterns, 'real', undefined)
  const distanceOf = options.distance === 'hamming' ? hamming : euclidean
  const leaders: Float64Array[] = []
  const clusters = Array.from({ length: rows.count }, (_, row) => {
    const pattern = rowOf(rows, row)
    const distances = leaders.map((leader) => distanceOf(leader, pattern))
    const nearest = distances.indexOf(Math.min(...distances))
    if (nearest >= 0 && distances[nearest]! <= threshold) return nearest
    return leaders.push(pattern.slice()) - 1
  })
  return { leaders, clusters }
}

function euclidean(p: Float64Array, q: Float64Array): number {
  return Math.sqrt(p.reduce((sum, value, i) => sum + (value - q[i]!) ** 2, 0))
}

function hamming(p: Float64Array, q: Float64Array): number {
  return p.reduce((count, value, i) => (value === q[i] ? count : count + 1), 0)
}
