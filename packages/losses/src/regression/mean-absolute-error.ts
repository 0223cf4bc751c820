import type { Fits, Shape, Tensor } from '@neurite/tensor'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

/**
 * The L1 loss, for regression that outliers shall not dominate.
 *
 *     lossᵢ = |predictionᵢ − targetᵢ|
 *
 * Predictions and targets have one shape. Where they are equal, the gradient is 0.
 * @throws ShapeError if their shapes differ.
 */
export function meanAbsoluteError<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'meanAbsoluteError', S, T>>,
  options: LossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  checkAgreement('meanAbsoluteError', predictions, targets)
  const difference = (predictions as Tensor).subtract(targets as Tensor)
  return reduced(difference.absolute(), options.reduction)
}
