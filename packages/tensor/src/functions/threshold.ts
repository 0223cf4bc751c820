import type { DType } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** x where it is larger than `threshold`, `value` elsewhere. */
export function threshold<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options: { readonly threshold: number; readonly value: number },
): Tensor<S, D> {
  return x.greater(options.threshold).choose(x, options.value)
}

/** min(max(x, 0), 1): the unit of threshold logic with a linear range. */
export function thresholdLogic<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  return x.clamp({ min: 0, max: 1 })
}
