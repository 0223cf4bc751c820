import {
  type DType,
  isFloating,
  type Shape,
  ShapeError,
  sameShape,
  showShape,
  type Tensor,
  where,
} from '@neurite/tensor'
import { checkClassWeights, chosenClasses, type WithoutClasses } from '../classification/class-indices.ts'
import { type Reduced, type Reduction, reduced } from '../reduction.ts'
import type { HingeLossOptions } from './hinge-loss.ts'

export interface MultiMarginLossOptions<R extends Reduction = Reduction> extends HingeLossOptions<R> {
  /** Power of the shortfalls, 1 or 2. Default 1. */
  readonly power?: 1 | 2
  /** Factor of the losses of each class's examples, [C]. */
  readonly weight?: Tensor
}

/**
 * The score of the right class shall exceed all others by a margin, 1 by default (Crammer & Singer 2001).
 *
 *     lossᵢ = weight[yᵢ] / C · Σ over c ≠ yᵢ of max(0, margin − xᵢ[yᵢ] + xᵢ[c])^power
 *
 * Predictions xᵢ are scores [N, C] or [C], targets yᵢ class indices [N] or [].
 * @throws ShapeError if the shapes do not fit, RangeError for another power, TypeError if the targets are floats. A class index
 * outside [0, C) is an error when the loss is computed.
 */
export function multiMarginLoss<S extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<Shape, DType>,
  options: MultiMarginLossOptions<R> = {},
): Tensor<Reduced<WithoutClasses<S>, R>> {
  const { margin = 1, power = 1, weight, reduction } = options
  if (power !== 1 && power !== 2) throw new RangeError(`multiMarginLoss: power is ${power}; it must be 1 or 2.`)
  const [x, indices]: Tensor[] = [predictions, targets] as Tensor[]
  checkShapes(x!, indices!)
  checkClassWeights('multiMarginLoss', x!, weight)
  // No index is ignored: none is as small as this.
  const { isTarget, classes } = chosenClasses(x!, indices!, -(2 ** 31))
  const ofTarget = where(isTarget, x!, 0).sum(-1, { keepAxes: true })
  const shortfall = x!.subtract(ofTarget).add(margin).relu()
  const powers = power === 1 ? shortfall : shortfall.square()
  const losses: Tensor = where(isTarget, 0, powers).mean(-1)
  return reduced(weight === undefined ? losses : losses.multiply(weight.take(classes, 0)), reduction)
}

function checkShapes(x: Tensor, targets: Tensor): void {
  if (isFloating(targets.dtype))
    throw new TypeError(
      `multiMarginLoss: targets are ${targets.dtype}; they must be class indices. Cast them to int32?`,
    )
  const shape: Shape = x.shape
  if (shape.length === 1 || shape.length === 2) if (sameShape(targets.shape, shape.slice(0, -1))) return
  throw new ShapeError(
    `multiMarginLoss: predictions ${showShape(shape)} with class indices ${showShape(targets.shape)}; they must be [N, C] with [N], or [C] with [].`,
  )
}
