import type { DType, Floating } from '../dtype.ts'
import { floatingOf } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** log(1 + e^(beta·x)) / beta, without overflow: a smooth relu. */
export function softplus<S extends Shape, D extends DType>(x: Tensor<S, D>, beta = 1): Tensor<S, Floating<D>> {
  const scaled: Tensor = beta === 1 ? x.cast(floatingOf(x.dtype)) : x.cast(floatingOf(x.dtype)).multiply(beta)
  // Not x.absolute(), whose gradient 0 at 0 would give the sum the gradient 0 there instead of ½.
  const distance = scaled.greater(0).choose(scaled, scaled.negate())
  const result = scaled.relu().add(distance.negate().exp().log1p())
  return beta === 1 ? result : result.divide(beta)
}

/** log(1 / (1 + e⁻ˣ)), without underflow. */
export function logSigmoid<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return softplus(x.negate()).negate()
}
