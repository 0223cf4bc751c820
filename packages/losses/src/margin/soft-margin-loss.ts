import { type Fits, type Shape, softplus, type Tensor } from '@neurite/tensor'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

/**
 * The logistic loss of scores and targets −1 or 1, which have one shape. Nothing overflows.
 *
 *     lossᵢ = log(1 + exp(−targetᵢ · predictionᵢ))
 *
 * @throws ShapeError if their shapes differ.
 */
export function softMarginLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'softMarginLoss', S, T>>,
  options: LossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  checkAgreement('softMarginLoss', predictions, targets)
  const losses: Tensor = softplus((targets as Tensor).multiply(predictions as Tensor).negate())
  return reduced(losses, options.reduction)
}
