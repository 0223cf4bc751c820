import type { DType, Floating } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** x clamped to [min, max], by default [−1, 1]. At the bounds, unlike that of `clamp`, the gradient is 0. */
export function hardTanh<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  bounds: { readonly min?: number; readonly max?: number } = {},
): Tensor<S, D> {
  const { min = -1, max = 1 } = bounds
  const notAbove: Tensor = x.greaterEqual(max).choose(max, x)
  return x.lessEqual(min).choose(min, notAbove) as Tensor
}

/** x / 6 + 1/2 clamped to [0, 1]. */
export function hardSigmoid<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const line: Tensor = x.divide(6).add(0.5)
  return hardTanh(line, { min: 0, max: 1 })
}

/** x · hardSigmoid(x) (Howard et al. 2019). */
export function hardSwish<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const gate: Tensor = hardSigmoid(x)
  return gate.multiply(x as Tensor)
}

/** 1 where x ≥ 0, else 0 (McCulloch & Pitts 1943); symmetric: −1. No gradient flows. */
export function hardLimiter<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options: { readonly symmetric?: boolean } = {},
): Tensor<S, D> {
  const fires: Tensor = x.greaterEqual(0).cast(x.dtype)
  return options.symmetric ? fires.multiply(2).subtract(1) : fires
}
