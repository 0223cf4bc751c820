import { type Fits, type Shape, softplus, type Tensor } from '@neurite/tensor'
import { type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'
import type { BinaryCrossEntropyOptions } from './binary-cross-entropy.ts'

export interface BinaryCrossEntropyWithLogitsOptions<R extends Reduction = Reduction>
  extends BinaryCrossEntropyOptions<R> {
  /** Factor of the loss of positive targets, such as the number of negatives per positive; broadcasts with the logits. */
  readonly positiveWeight?: Tensor
}

/**
 * Cross entropy of sigmoid(logits) and yes-or-no targets. Nothing overflows, and no accuracy is lost where the sigmoid saturates.
 *
 *     lossᵢ = −weightᵢ · (positiveWeightᵢ · targetᵢ · log σ(xᵢ) + (1 − targetᵢ) · log(1 − σ(xᵢ)))
 *           = weightᵢ · ((1 − targetᵢ) · xᵢ + (1 + (positiveWeightᵢ − 1) · targetᵢ) · softplus(−xᵢ))
 *
 * Logits xᵢ and targets in [0, 1] have one shape.
 * @throws ShapeError if their shapes differ.
 */
export function binaryCrossEntropyWithLogits<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  logits: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'binaryCrossEntropyWithLogits', S, T>>,
  options: BinaryCrossEntropyWithLogitsOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { weight, positiveWeight, reduction } = options
  checkAgreement('binaryCrossEntropyWithLogits', logits, targets)
  const x: Tensor = logits
  const y: Tensor = targets
  // Not softplus(x) − x · y, which cancels where a large x is right.
  const ifFalse = y.negate().add(1).multiply(x)
  const surprise: Tensor = softplus(x.negate())
  const factor = positiveWeight?.subtract(1).multiply(y).add(1)
  const losses = ifFalse.add(factor === undefined ? surprise : surprise.multiply(factor))
  return reduced(weight === undefined ? losses : losses.multiply(weight), reduction)
}
