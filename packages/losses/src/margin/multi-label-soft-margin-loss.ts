import { type Fits, type Shape, ShapeError, type Tensor } from '@neurite/tensor'
import { binaryCrossEntropyWithLogits } from '../classification/binary-cross-entropy-with-logits.ts'
import { type LossOptions, type OnePerRow, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

export interface MultiLabelSoftMarginLossOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Factor of every class's loss, [C]. */
  readonly weight?: Tensor
}

/**
 * Binary cross entropy of scores with targets 0 or 1, the mean over the classes: for examples that belong to several classes.
 *
 *     lossᵢ = −1/C · Σ over c of weight[c] · (yᵢ[c] · log σ(xᵢ[c]) + (1 − yᵢ[c]) · log(1 − σ(xᵢ[c])))
 *
 * Predictions xᵢ and targets yᵢ have one shape [..., C]; there is one loss for each row.
 * @throws ShapeError if their shapes differ or have no class axis.
 */
export function multiLabelSoftMarginLoss<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'multiLabelSoftMarginLoss', S, T>>,
  options: MultiLabelSoftMarginLossOptions<R> = {},
): Tensor<Reduced<OnePerRow<S>, R>> {
  const { reduction, ...weighted } = options
  checkAgreement('multiLabelSoftMarginLoss', predictions, targets)
  if (predictions.rank === 0)
    throw new ShapeError('multiLabelSoftMarginLoss: predictions [] have no class axis; they are [..., C].')
  const [x, y] = [predictions as Tensor, targets as Tensor]
  const losses: Tensor = binaryCrossEntropyWithLogits(x, y, { ...weighted, reduction: 'none' })
  return reduced(losses.mean(-1), reduction)
}
