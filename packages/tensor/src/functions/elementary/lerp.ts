import type { AnyDType } from '../../dtype.ts'
import type { Operand } from '../../operand.ts'
import type { AnyShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/**
 * Linear interpolation, start + weight · (end − start): `start` for weight 0, `end` for weight 1. All three broadcast.
 * @throws ShapeError if the shapes cannot be broadcast.
 */
export function lerp(start: Tensor, end: Tensor, weight: Operand): Tensor<AnyShape, AnyDType> {
  return end.subtract(start).multiply(weight).add(start)
}
