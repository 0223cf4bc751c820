import type { Fits, Shape, Tensor } from '@neurite/tensor'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

export interface HingeLossOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Scores on the right side cost nothing from this on. Default 1. */
  readonly margin?: number
}

/**
 * What support vector machines make small (Cortes & Vapnik 1995): a score costs what it lacks to the margin.
 *
 *     lossᵢ = max(0, margin − targetᵢ · predictionᵢ)
 *
 * Predictions are scores of any sign, targets −1 or 1, of one shape.
 * @throws ShapeError if their shapes differ.
 */
export function hingeLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'hingeLoss', S, T>>,
  options: HingeLossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { margin = 1, reduction } = options
  checkAgreement('hingeLoss', predictions, targets)
  return reduced(shortfall(predictions, targets, margin), reduction)
}

/** max(0, margin − target · prediction). */
export function shortfall(predictions: Tensor, targets: Tensor, margin: number): Tensor {
  return targets.multiply(predictions).negate().add(margin).relu()
}
