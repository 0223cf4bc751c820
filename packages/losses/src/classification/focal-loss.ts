import { type Fits, type Shape, sigmoid, type Tensor } from '@neurite/tensor'
import { checkNotNegative } from '../argument-checks.ts'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'
import { binaryCrossEntropyWithLogits } from './binary-cross-entropy-with-logits.ts'

export interface FocalLossOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Weight of positive targets, in [0, 1]; negative ones weigh 1 − alpha. A negative number: no weights. Default 0.25. */
  readonly alpha?: number
  /** How strongly what is nearly right is discounted; 0 is cross entropy. Default 2. */
  readonly gamma?: number
}

/**
 * Binary cross entropy that counts less where the prediction is nearly right (Lin et al. 2017, eq. 5), for detectors that see far
 * more background than objects.
 *
 *     lossᵢ = −αᵢ · (1 − pᵢ)^gamma · log pᵢ,   pᵢ = σ(logitᵢ) where targetᵢ is 1, 1 − σ(logitᵢ) where it is 0
 *
 * Logits and targets in [0, 1] have one shape.
 * @throws ShapeError if their shapes differ, RangeError if gamma is negative or alpha above 1.
 */
export function focalLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  logits: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'focalLoss', S, T>>,
  options: FocalLossOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { alpha = 0.25, gamma = 2, reduction } = options
  checkAgreement('focalLoss', logits, targets)
  checkNotNegative('focalLoss', { gamma })
  if (!(alpha <= 1))
    throw new RangeError(`focalLoss: alpha is ${alpha}; it must be at most 1, or negative for no weights.`)
  const [x, y] = [logits as Tensor, targets as Tensor]
  const surprise: Tensor = binaryCrossEntropyWithLogits(x, y, { reduction: 'none' })
  const losses = surprise.multiply(doubt(x, y).power(gamma))
  return reduced(alpha < 0 ? losses : losses.multiply(y.multiply(2 * alpha - 1).add(1 - alpha)), reduction)
}

/** 1 − p of what happened, as (1 − y) · σ(x) + y · σ(−x): no difference that would cancel. */
function doubt(x: Tensor, y: Tensor): Tensor {
  const [yes, no]: Tensor[] = [sigmoid(x), sigmoid(x.negate())]
  return y.negate().add(1).multiply(yes!).add(y.multiply(no!))
}
