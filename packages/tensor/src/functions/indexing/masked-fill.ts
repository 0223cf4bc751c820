import type { DType } from '../../dtype.ts'
import { weakDType } from '../../dtype.ts'
import { DTypeError, ShapeError, showShape } from '../../errors.ts'
import type { Shape } from '../../shape.ts'
import { broadcastShapes, sameShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/**
 * `value` where the mask is true, x elsewhere.
 * @param mask Broadcasts to the shape of `x`.
 * @throws ShapeError if it does not, DTypeError if `x` cannot hold the value.
 */
export function maskedFill<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  mask: Tensor,
  value: number,
): Tensor<S, D> {
  if (!sameShape(broadcastShapes('maskedFill', x.shape, mask.shape), x.shape))
    throw new ShapeError(`maskedFill: mask ${showShape(mask.shape)} is larger than ${showShape(x.shape)}.`)
  if (weakDType(value, x.dtype) !== x.dtype)
    throw new DTypeError(`maskedFill: ${value} is no ${x.dtype} value. Cast the tensor to float32 first?`)
  return mask.choose(value, x)
}
