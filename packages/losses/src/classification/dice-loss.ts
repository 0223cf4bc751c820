import type { Fits, Shape, Tensor } from '@neurite/tensor'
import { checkNotNegative } from '../argument-checks.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

export interface DiceLossOptions {
  /** Added above and below the fraction, so that nothing predicted where nothing is costs nothing. Default 1. */
  readonly smooth?: number
}

/**
 * How little two regions overlap (Milletari et al. 2016, § 3): one number for all elements together, for segmentation where most
 * of an image is background.
 *
 *     loss = 1 − (2 · Σ predictionᵢ · targetᵢ + smooth) / (Σ predictionᵢ + Σ targetᵢ + smooth)
 *
 * Predictions are probabilities, targets 0 or 1, of one shape.
 * @throws ShapeError if their shapes differ, RangeError if `smooth` is negative.
 */
export function diceLoss<S extends Shape, T extends Shape>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'diceLoss', S, T>>,
  options: DiceLossOptions = {},
): Tensor<[]> {
  const { smooth = 1 } = options
  checkAgreement('diceLoss', predictions, targets)
  checkNotNegative('diceLoss', { smooth })
  const [p, y] = [predictions as Tensor, targets as Tensor]
  const overlap = p.multiply(y).sum().multiply(2).add(smooth)
  return overlap.divide(p.sum().add(y.sum()).add(smooth)).negate().add(1)
}
