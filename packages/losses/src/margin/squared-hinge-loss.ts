import type { Fits, Shape, Tensor } from '@neurite/tensor'
import { type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'
import { type HingeLossOptions, shortfall } from './hinge-loss.ts'

/**
 * The hinge loss squared, which is smooth where it reaches 0.
 *
 *     lossᵢ = max(0, margin − targetᵢ · predictionᵢ)²
 *
 * Predictions are scores of any sign, targets −1 or 1, of one shape. The margin is 1 by default.
 * @throws ShapeError if their shapes differ.
 */
export function squaredHingeLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'squaredHingeLoss', S, T>>,
  options: HingeLossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { margin = 1, reduction } = options
  checkAgreement('squaredHingeLoss', predictions, targets)
  return reduced(shortfall(predictions, targets, margin).square(), reduction)
}
