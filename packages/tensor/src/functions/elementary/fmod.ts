import type { DType } from '../../dtype.ts'
import type { Joined, Joining, Operand, PromotedBy } from '../../operand.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { aligned } from '../aligned.ts'

/**
 * a − b · trunc(a / b), exactly: the sign of the dividend, as `%` has it; `remainder` has the divisor's. Integers by 0 give 0.
 * @throws ShapeError if the shapes cannot be broadcast.
 */
export function fmod<S extends Shape, D extends DType, O extends Operand>(
  a: Tensor<S, D>,
  b: Joining<S, O>,
): Tensor<Joined<S, O>, PromotedBy<D, O>> {
  const [left, right] = aligned('fmod', a, b as Operand)
  const isNegative = left.less(0)
  const rest = isNegative.choose(left.negate(), left).remainder(right.absolute())
  return isNegative.choose(rest.negate(), rest)
}
