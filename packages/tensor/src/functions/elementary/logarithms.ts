import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import type { Joined, Joining, Operand, PromotedBy } from '../../operand.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { alignedFloats } from '../aligned.ts'
import { softplus } from '../softplus.ts'

/** The logarithm of base 2. */
export function log2<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return times(x.log(), Math.LOG2E)
}

/** The logarithm of base 10. */
export function log10<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return times(x.log(), Math.LOG10E)
}

/** log(p / (1 − p)): the inverse of `sigmoid`. */
export function logit<S extends Shape, D extends DType>(p: Tensor<S, D>): Tensor<S, Floating<D>> {
  const x: Tensor = p.cast(floatingOf(p.dtype))
  return x.log().subtract(x.negate().log1p())
}

/**
 * log(eᵃ + eᵇ), without overflow.
 * @throws ShapeError if the shapes cannot be broadcast.
 */
export function logAddExp<S extends Shape, D extends DType, O extends Operand>(
  a: Tensor<S, D>,
  b: Joining<S, O>,
): Tensor<Joined<S, O>, Floating<PromotedBy<D, O>>> {
  const [left, right] = alignedFloats('logAddExp', a, b as Operand)
  // Equal infinities have no difference. Where the two are equal each takes half of the gradient, all of it through the maximum.
  const distance = left.equal(right).choose(0, left.subtract(right)).absolute()
  const surplus: Tensor = softplus(distance.negate())
  return left.maximum(right).add(surplus)
}

function times(x: Tensor, factor: number): Tensor {
  return x.multiply(factor)
}
