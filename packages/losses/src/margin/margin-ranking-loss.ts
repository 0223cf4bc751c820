import type { Fits, Shape, Tensor } from '@neurite/tensor'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkSameShape } from '../shape-agreement.ts'

export interface MarginRankingLossOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** How far apart the two must be. Default 0. */
  readonly margin?: number
}

/**
 * Whether the first score ranks above the second (target 1) or below it (target −1).
 *
 *     lossᵢ = max(0, −targetᵢ · (firstᵢ − secondᵢ) + margin)
 *
 * All three have one shape.
 * @throws ShapeError if their shapes differ.
 */
export function marginRankingLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  first: Tensor<S>,
  second: Tensor<T> & Fits<Agreement<'marginRankingLoss', S, T, 'first', 'second'>>,
  targets: Tensor,
  options: MarginRankingLossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { margin = 0, reduction } = options
  checkSameShape('marginRankingLoss', { first, second, targets })
  const lead = (first as Tensor).subtract(second as Tensor)
  return reduced(targets.negate().multiply(lead).add(margin).clamp({ min: 0 }), reduction)
}
