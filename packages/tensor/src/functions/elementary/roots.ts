import type { DType, Floating } from '../../dtype.ts'
import type { Joined, Joining, Operand, PromotedBy } from '../../operand.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { alignedFloats } from '../aligned.ts'

/** 1 / √x. */
export function rsqrt<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const root: Tensor = x.sqrt()
  return root.reciprocal()
}

/**
 * √(a² + b²), without overflow of the squares. At a = b = 0 the gradient is NaN.
 * @throws ShapeError if the shapes cannot be broadcast.
 */
export function hypot<S extends Shape, D extends DType, O extends Operand>(
  a: Tensor<S, D>,
  b: Joining<S, O>,
): Tensor<Joined<S, O>, Floating<PromotedBy<D, O>>> {
  const [left, right] = alignedFloats('hypot', a, b as Operand)
  const larger = left.absolute().maximum(right.absolute()).stopGradient()
  const scale = larger.greater(0).and(larger.less(Infinity)).choose(larger, 1)
  return left.divide(scale).square().add(right.divide(scale).square()).sqrt().multiply(scale)
}
