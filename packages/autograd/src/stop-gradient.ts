import type { DType, Shape, Tensor } from '@neurite/tensor'

/** The same values, through which no gradient flows: to the gradient `x` is a constant. */
export function stopGradient<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  return x.stopGradient()
}
