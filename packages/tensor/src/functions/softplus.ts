import type { DType, Floating } from '../dtype.ts'
import { floatingOf } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

export interface SoftplusOptions {
  /** Steepness of the bend, default 1. */
  readonly beta?: number
  /** Where beta · x is larger, the result is x itself; default ∞. (PyTorch's 20 changes nothing that a float32 can show.) */
  readonly threshold?: number
}

/** log(1 + e^(beta·x)) / beta, without overflow: a smooth relu. */
export function softplus<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options: SoftplusOptions = {},
): Tensor<S, Floating<D>> {
  const { beta = 1, threshold = Infinity } = options
  const scaled: Tensor = beta === 1 ? x.cast(floatingOf(x.dtype)) : x.cast(floatingOf(x.dtype)).multiply(beta)
  // Not x.absolute(), whose gradient 0 at 0 would give the sum the gradient 0 there instead of ½.
  const distance = scaled.greater(0).choose(scaled, scaled.negate())
  const bent = scaled.relu().add(distance.negate().exp().log1p())
  const result = threshold === Infinity ? bent : scaled.greater(threshold).choose(scaled, bent)
  return beta === 1 ? result : result.divide(beta)
}

/** log(1 / (1 + e⁻ˣ)), without underflow. */
export function logSigmoid<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return softplus(x.negate()).negate()
}
