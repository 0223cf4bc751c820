import type { DType, Floating } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** x where positive, alpha · (eˣ − 1) elsewhere (Clevert et al. 2016). */
export function elu<S extends Shape, D extends DType>(x: Tensor<S, D>, alpha = 1): Tensor<S, Floating<D>> {
  return rise(x, 1, alpha, 1)
}

/** elu with a slope of 1 on both sides of 0: alpha · (e^(x / alpha) − 1) below (Barron 2017). */
export function celu<S extends Shape, D extends DType>(x: Tensor<S, D>, alpha = 1): Tensor<S, Floating<D>> {
  return rise(x, 1, alpha, alpha)
}

const seluScale = 1.0507009873554805
const seluAlpha = 1.6732632423543772

/** elu scaled so that activations of deep nets keep mean 0 and variance 1 (Klambauer et al. 2017). */
export function selu<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return rise(x, seluScale, seluScale * seluAlpha, 1)
}

/** slope · x where positive, height · (e^(x / width) − 1) elsewhere. */
function rise(x: Tensor, slope: number, height: number, width: number): Tensor {
  // Clamped, so that the exponential of the side not chosen is no infinity to multiply a zero cotangent with.
  const below = x.clamp({ max: 0 }).divide(width).expm1().multiply(height)
  return x.greater(0).choose(x.multiply(slope), below)
}
