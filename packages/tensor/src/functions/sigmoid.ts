import type { DType, Floating } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { softplus } from './softplus.ts'

/** 1 / (1 + e⁻ˣ). */
export function sigmoid<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return x.sigmoid()
}

/** The hyperbolic tangent. */
export function tanh<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return x.tanh()
}

/** x · sigmoid(x), also called swish (Elfwing et al. 2017). */
export function silu<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return times(x, x.sigmoid())
}

/** x · tanh(softplus(x)) (Misra 2019). */
export function mish<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return times(x, softplus(x).tanh())
}

function times(x: Tensor, gate: Tensor): Tensor {
  return x.multiply(gate)
}
