import { type Fits, type Shape, ShapeError, sameShape, showShape, type Tensor, where } from '@neurite/tensor'
import type { MarginRankingLossOptions } from '../margin/margin-ranking-loss.ts'
import { type OnePerRow, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkSameShape } from '../shape-agreement.ts'

/**
 * Vectors of like pairs (target 1) shall point the same way, those of unlike pairs (target −1) shall not.
 *
 *     lossᵢ = 1 − cos(firstᵢ, secondᵢ)                  where targetᵢ = 1
 *     lossᵢ = max(0, cos(firstᵢ, secondᵢ) − margin)     where targetᵢ = −1
 *
 * Both have one shape [N, D], or [D]; targets [N], or []. The margin is 0 by default.
 * @throws ShapeError if the shapes do not fit.
 */
export function cosineEmbeddingLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  first: Tensor<S>,
  second: Tensor<T> & Fits<Agreement<'cosineEmbeddingLoss', S, T, 'first', 'second'>>,
  targets: Tensor,
  options: MarginRankingLossOptions<R> = {},
): Tensor<Reduced<OnePerRow<S>, R>> {
  const { margin = 0, reduction } = options
  checkSameShape('cosineEmbeddingLoss', { first, second })
  const shape: Shape = first.shape
  if (shape.length === 0 || !sameShape(targets.shape, shape.slice(0, -1)))
    throw new ShapeError(
      `cosineEmbeddingLoss: targets ${showShape(targets.shape)} do not fit vectors ${showShape(shape)}: one for each vector.`,
    )
  const cosine = cosineOf(first, second)
  const losses: Tensor = where(targets.greater(0), cosine.negate().add(1), cosine.subtract(margin).clamp({ min: 0 }))
  return reduced(losses, reduction)
}

/** The cosine of the angle between vectors on the last axis; PyTorch's epsilon keeps that of a vector of zeros at 0. */
function cosineOf(a: Tensor, b: Tensor): Tensor {
  const squareLength = (x: Tensor): Tensor => x.square().sum(-1).add(1e-12)
  return a
    .multiply(b)
    .sum(-1)
    .divide(squareLength(a).multiply(squareLength(b)).sqrt())
}
