import { type Fits, type Shape, type Tensor, where } from '@neurite/tensor'
import type { HingeLossOptions } from '../margin/hinge-loss.ts'
import { type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

/**
 * Distances of like pairs (target 1) shall be small, those of unlike pairs (target −1) at least the margin, by default 1.
 *
 *     lossᵢ = distanceᵢ                       where targetᵢ = 1
 *     lossᵢ = max(0, margin − distanceᵢ)      where targetᵢ = −1
 *
 * Distances and targets have one shape.
 * @throws ShapeError if their shapes differ.
 */
export function hingeEmbeddingLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  distances: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'hingeEmbeddingLoss', S, T, 'distances'>>,
  options: HingeLossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { margin = 1, reduction } = options
  checkAgreement('hingeEmbeddingLoss', distances, targets)
  const distance: Tensor = distances
  const isLike = (targets as Tensor).greater(0)
  return reduced(where(isLike, distance, distance.negate().add(margin).clamp({ min: 0 })), reduction)
}
