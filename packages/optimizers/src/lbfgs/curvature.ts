import { dot, plusMultiple, scaled } from './vectors.ts'

/** A step that was taken, and how the gradient changed over it. */
export interface CurvaturePair {
  readonly step: Float64Array
  readonly change: Float64Array
}

/**
 * −H · g, where H approximates the inverse Hessian by the last steps (Nocedal & Wright 2006, "Numerical optimization", algorithm
 * 7.4, the two-loop recursion). Oldest pairs first; without any, the direction of steepest descent.
 */
export function quasiNewtonDirection(gradient: Float64Array, pairs: readonly CurvaturePair[]): Float64Array {
  const newest = pairs.at(-1)
  if (newest === undefined) return scaled(gradient, -1)
  const weights = new Map<CurvaturePair, number>()
  let q = scaled(gradient, -1)
  for (const pair of pairs.toReversed()) {
    const weight = dot(pair.step, q) / dot(pair.change, pair.step)
    weights.set(pair, weight)
    q = plusMultiple(q, -weight, pair.change)
  }
  let direction = scaled(q, dot(newest.change, newest.step) / dot(newest.change, newest.change))
  for (const pair of pairs) {
    const weight = dot(pair.change, direction) / dot(pair.change, pair.step)
    direction = plusMultiple(direction, weights.get(pair)! - weight, pair.step)
  }
  return direction
}
