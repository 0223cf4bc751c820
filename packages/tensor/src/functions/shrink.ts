import type { DType, Floating } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** 0 where |x| ≤ `width`, by default ½; x elsewhere. */
export function hardShrink<S extends Shape, D extends DType>(x: Tensor<S, D>, width = 0.5): Tensor<S, Floating<D>> {
  return (x as Tensor).absolute().lessEqual(width).choose(0, x)
}

/** x moved towards 0 by `width`, by default ½; 0 where |x| ≤ `width` (Donoho 1995). */
export function softShrink<S extends Shape, D extends DType>(x: Tensor<S, D>, width = 0.5): Tensor<S, Floating<D>> {
  const isRight = x.greater(width)
  const isLeft = x.less(-width)
  return isRight.choose((x as Tensor).subtract(width), isLeft.choose((x as Tensor).add(width), 0))
}

/** x − tanh x. */
export function tanhShrink<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return (x as Tensor).subtract((x as Tensor).tanh())
}
