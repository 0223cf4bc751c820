import { DTypeError, isFloating, onesLike, ShapeError, showShape, Tensor } from '@neurite/tensor'
import { cotangentsOf } from './walk.ts'

/** The gradients of a loss by tensors, in order. @throws as `checkLoss` does. */
export function gradientsOfLoss(operation: string, loss: Tensor, by: readonly Tensor[]): Tensor[] {
  checkLoss(operation, loss)
  return cotangentsOf(by, [loss], [onesLike(loss)])
}

/** @throws TypeError, ShapeError or DTypeError if the loss is no floating scalar. */
export function checkLoss(operation: string, loss: Tensor): void {
  if (!(loss instanceof Tensor)) throw new TypeError(`${operation}: the loss must be a Tensor, not ${loss}.`)
  if (loss.rank !== 0)
    throw new ShapeError(
      `${operation}: the loss must be a scalar, not ${showShape(loss.shape)}. Reduce it with .sum() or .mean(), or use vjp.`,
    )
  if (!isFloating(loss.dtype))
    throw new DTypeError(`${operation}: the loss must be floating, not ${loss.dtype}, through which no gradient flows.`)
}
