import type { DType, Floating } from '../dtype.ts'
import type { ReductionOptions } from '../methods/reduction.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** eˣ / Σ eˣ along an axis. */
export function softmax<S extends Shape, D extends DType>(x: Tensor<S, D>, axis: number): Tensor<S, Floating<D>> {
  return x.softmax(axis)
}

/** e⁻ˣ / Σ e⁻ˣ along an axis. */
export function softmin<S extends Shape, D extends DType>(x: Tensor<S, D>, axis: number): Tensor<S, Floating<D>> {
  return x.negate().softmax(axis)
}

/** x − log Σ eˣ along an axis. */
export function logSoftmax<S extends Shape, D extends DType>(x: Tensor<S, D>, axis: number): Tensor<S, Floating<D>> {
  return x.logSoftmax(axis)
}

/** log Σ eˣ along an axis. */
export function logSumExp(x: Tensor, axis: number, options?: ReductionOptions): Tensor {
  return x.logSumExp(axis, options)
}
