import type { Fits, Shape, Tensor } from '@neurite/tensor'
import { checkPositive } from '../argument-checks.ts'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

export interface HuberLossOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Largest difference that counts squared. Default 1. */
  readonly delta?: number
}

/**
 * Squared error of small differences, absolute error of large ones (Huber 1964).
 *
 *     lossᵢ = ½ · dᵢ²                  where |dᵢ| ≤ delta, dᵢ = predictionᵢ − targetᵢ
 *     lossᵢ = delta · (|dᵢ| − ½ · delta)    elsewhere
 *
 * Predictions and targets have one shape.
 * @throws ShapeError if their shapes differ, RangeError unless delta is positive.
 */
export function huberLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'huberLoss', S, T>>,
  options: HuberLossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { delta = 1, reduction } = options
  checkAgreement('huberLoss', predictions, targets)
  checkPositive('huberLoss', { delta })
  return reduced(huber((predictions as Tensor).subtract(targets as Tensor), delta), reduction)
}

/** Both cases as one product: c · (d − ½ · c), where c is d clamped to [−delta, delta]. */
export function huber(difference: Tensor, delta: number): Tensor {
  const clamped = difference.clamp({ min: -delta, max: delta })
  return clamped.multiply(difference.subtract(clamped.multiply(0.5)))
}
