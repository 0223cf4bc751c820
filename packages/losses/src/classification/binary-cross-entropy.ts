import { type Fits, type Shape, type Tensor, where } from '@neurite/tensor'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

export interface BinaryCrossEntropyOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Factor of every element's loss; broadcasts with the predictions. */
  readonly weight?: Tensor
}

/**
 * Cross entropy of predicted probabilities and yes-or-no targets. Where the probabilities are sigmoids of logits,
 * `binaryCrossEntropyWithLogits` is more accurate.
 *
 *     lossᵢ = −weightᵢ · (targetᵢ · log pᵢ + (1 − targetᵢ) · log(1 − pᵢ))
 *
 * Predictions pᵢ in [0, 1] and targets in [0, 1] have one shape. As in PyTorch a logarithm is at least −100: certainty costs no more
 * than 100 where it is wrong. Where pᵢ is exactly 0 or 1, the logarithm that was cut off passes no gradient.
 * @throws ShapeError if their shapes differ.
 */
export function binaryCrossEntropy<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'binaryCrossEntropy', S, T>>,
  options: BinaryCrossEntropyOptions<R> = {},
): Tensor<Reduced<S, R>> {
  checkAgreement('binaryCrossEntropy', predictions, targets)
  const p: Tensor = predictions
  const y: Tensor = targets
  const logLikelihood = y.multiply(boundedLog(p)).add(complement(y).multiply(boundedLog(complement(p))))
  const losses = logLikelihood.negate()
  return reduced(options.weight === undefined ? losses : losses.multiply(options.weight), options.reduction)
}

/** log p, at least −100. The inner choice keeps the slope of log 0 out of the gradient, where 0 · ∞ would be NaN. */
function boundedLog(p: Tensor): Tensor {
  const isZero = p.equal(0)
  return where(isZero, -100, where(isZero, 1, p).log().maximum(-100))
}

function complement(p: Tensor): Tensor {
  return p.negate().add(1)
}
