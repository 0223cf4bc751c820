import type { Fits, Shape, Tensor } from '@neurite/tensor'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

/**
 * The L2 loss, for regression: squared differences.
 *
 *     lossᵢ = (predictionᵢ − targetᵢ)²
 *
 * Predictions and targets have one shape.
 * @throws ShapeError if their shapes differ.
 */
export function meanSquaredError<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'meanSquaredError', S, T>>,
  options: LossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  checkAgreement('meanSquaredError', predictions, targets)
  const difference = (predictions as Tensor).subtract(targets as Tensor)
  return reduced(difference.square(), options.reduction)
}
