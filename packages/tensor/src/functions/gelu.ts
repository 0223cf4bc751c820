import type { DType, Floating } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/**
 * x · Φ(x), Φ the standard normal distribution function (Hendrycks & Gimpel 2016).
 *
 *     none   x · (1 + erf(x / √2)) / 2
 *     tanh   x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2
 */
export function gelu<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options: { readonly approximate?: 'none' | 'tanh' } = {},
): Tensor<S, Floating<D>> {
  return options.approximate === 'tanh' ? tanhGelu(x) : erfGelu(x)
}

function erfGelu(x: Tensor): Tensor {
  return x.multiply(0.5).multiply(x.multiply(Math.SQRT1_2).erf().add(1))
}

function tanhGelu(x: Tensor): Tensor {
  const inner = x.add(x.square().multiply(x).multiply(0.044715)).multiply(Math.sqrt(2 / Math.PI))
  return x.multiply(0.5).multiply(inner.tanh().add(1))
}
