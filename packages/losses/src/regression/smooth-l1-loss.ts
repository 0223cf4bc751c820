import type { Fits, Shape, Tensor } from '@neurite/tensor'
import { checkNotNegative } from '../argument-checks.ts'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'
import { huber } from './huber-loss.ts'

export interface SmoothL1LossOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Differences below this count squared; 0 makes it the L1 loss. Default 1. */
  readonly beta?: number
}

/**
 * The L1 loss with its tip rounded off (Girshick 2015, "Fast R-CNN", eq. 3): the Huber loss divided by beta.
 *
 *     lossᵢ = ½ · dᵢ² / beta      where |dᵢ| < beta, dᵢ = predictionᵢ − targetᵢ
 *     lossᵢ = |dᵢ| − ½ · beta     elsewhere
 *
 * Predictions and targets have one shape.
 * @throws ShapeError if their shapes differ, RangeError if beta is negative.
 */
export function smoothL1Loss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'smoothL1Loss', S, T>>,
  options: SmoothL1LossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { beta = 1, reduction } = options
  checkAgreement('smoothL1Loss', predictions, targets)
  checkNotNegative('smoothL1Loss', { beta })
  const difference = (predictions as Tensor).subtract(targets as Tensor)
  return reduced(beta === 0 ? difference.absolute() : huber(difference, beta).divide(beta), reduction)
}
