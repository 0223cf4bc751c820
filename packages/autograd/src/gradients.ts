import { DTypeError, isFloating, onesLike, ShapeError, showShape, type Tensor } from '@neurite/tensor'
import { flattenTargets, type GradientsBy, type Targets } from './targets.ts'
import { cotangentsOf } from './walk.ts'

/**
 * The gradients ∂loss / ∂x for each x of `of`: a list, a record or a map of tensors and variables, whose structure the result has.
 *
 * Each gradient is a tensor like any other, so gradients of gradients need nothing special. The targets may be anything that
 * the loss was computed from, intermediate results too; one that it does not depend on has gradient zero.
 * @throws ShapeError if the loss is not a scalar.
 * @throws DTypeError if the loss or a target is not floating.
 */
export function gradients<const Of extends Targets>(loss: Tensor, of: Of): GradientsBy<Of> {
  checkLoss(loss)
  const { tensors, restore } = flattenTargets('gradients', of)
  return restore(cotangentsOf(tensors, [loss], [onesLike(loss)]))
}

function checkLoss(loss: Tensor): void {
  if (loss.rank !== 0)
    throw new ShapeError(
      `gradients: the loss must be a scalar, not ${showShape(loss.shape)}. Reduce it with .sum() or .mean(), or use vjp.`,
    )
  if (!isFloating(loss.dtype))
    throw new DTypeError(`gradients: the loss must be floating, not ${loss.dtype}, through which no gradient flows.`)
}
