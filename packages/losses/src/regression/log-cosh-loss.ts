import { type Fits, type Shape, sinh, type Tensor, where } from '@neurite/tensor'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

/**
 * About half the squared error of small differences and the absolute error of large ones, smooth everywhere.
 *
 *     lossᵢ = log cosh(predictionᵢ − targetᵢ)
 *
 * Predictions and targets have one shape. Nothing overflows.
 * @throws ShapeError if their shapes differ.
 */
export function logCoshLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'logCoshLoss', S, T>>,
  options: LossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  checkAgreement('logCoshLoss', predictions, targets)
  return reduced(logCosh((predictions as Tensor).subtract(targets as Tensor)), options.reduction)
}

/** Near 0 by log(1 + 2 · sinh²(x/2)), which keeps the digits that |x| + log(1 + e^(−2|x|)) − log 2 cancels. */
function logCosh(x: Tensor): Tensor {
  const sinhOfHalf: Tensor = sinh(x.clamp({ min: -1, max: 1 }).multiply(0.5))
  const near = sinhOfHalf.square().multiply(2).log1p()
  const size = x.absolute()
  const far = size.subtract(Math.LN2).add(size.multiply(-2).exp().log1p())
  return where(size.less(1), near, far)
}
