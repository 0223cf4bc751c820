import { full } from '../create.ts'
import type { DType } from '../dtype.ts'
import { floatingOf, promote, weakDType } from '../dtype.ts'
import type { Operand } from '../operand.ts'
import { checkOperand, checkTensor } from '../operand-checks.ts'
import { broadcastShapes } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/**
 * Two operands brought to one shape and one dtype, as methods of two operands do.
 * @throws ShapeError naming `operation` if the shapes cannot be broadcast.
 */
export function aligned(operation: string, a: Tensor, b: Operand): [a: Tensor, b: Tensor] {
  checkTensor(operation, a)
  checkOperand(operation, b)
  if (typeof b === 'number') {
    const dtype = promote(a.dtype, weakDType(b, a.dtype))
    return [a.cast(dtype), full(a.shape, b, dtype)]
  }
  const dtype: DType = promote(a.dtype, b.dtype)
  const shape = broadcastShapes(operation, a.shape, b.shape)
  return [a.cast(dtype).broadcastTo(shape), b.cast(dtype).broadcastTo(shape)]
}

/** The same with integers and bools as float32. */
export function alignedFloats(operation: string, a: Tensor, b: Operand): [a: Tensor, b: Tensor] {
  const [left, right] = aligned(operation, a, b)
  return [left.cast(floatingOf(left.dtype)), right.cast(floatingOf(right.dtype))]
}
