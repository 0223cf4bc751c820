import { type Fits, norm, type Shape, ShapeError, type Tensor } from '@neurite/tensor'
import type { HingeLossOptions } from '../margin/hinge-loss.ts'
import { type OnePerRow, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkSameShape } from '../shape-agreement.ts'

export interface TripletMarginLossOptions<R extends Reduction = Reduction> extends HingeLossOptions<R> {
  /** p of the norm that measures distances. Default 2. */
  readonly order?: number
  /** Whether the negative's distance is that to anchor or positive, whichever is nearer (Balntas et al. 2016). Default false. */
  readonly swap?: boolean
  /** Added to the differences of which a distance is the norm. Default 1e-6. */
  readonly epsilon?: number
}

/**
 * The anchor shall be nearer to the positive than to the negative by a margin, 1 by default (Schroff et al. 2015, eq. 1).
 *
 *     lossᵢ = max(0, ‖anchorᵢ − positiveᵢ‖ − ‖anchorᵢ − negativeᵢ‖ + margin)
 *
 * All three are vectors of one shape [..., D]; there is one loss for each vector.
 * @throws ShapeError if their shapes differ or have no axis.
 */
export function tripletMarginLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  anchor: Tensor<S>,
  positive: Tensor<T> & Fits<Agreement<'tripletMarginLoss', S, T, 'anchor', 'positive'>>,
  negative: Tensor,
  options: TripletMarginLossOptions<R> = {},
): Tensor<Reduced<OnePerRow<S>, R>> {
  const { margin = 1, order = 2, swap = false, epsilon = 1e-6, reduction } = options
  checkSameShape('tripletMarginLoss', { anchor, positive, negative })
  if (anchor.rank === 0) throw new ShapeError('tripletMarginLoss: anchor [] is no vector; it is [..., D].')
  const distance = (a: Tensor, b: Tensor): Tensor => norm(a.subtract(b).add(epsilon), -1, { order })
  const toNegative = distance(anchor, negative)
  const apart = swap ? toNegative.minimum(distance(positive, negative)) : toNegative
  const losses = distance(anchor, positive).subtract(apart).add(margin).clamp({ min: 0 })
  return reduced(losses, reduction)
}
