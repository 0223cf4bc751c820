import type { DType, Floating } from '../dtype.ts'
import type { Axes } from '../methods/movement.ts'
import type { ReductionOptions } from '../methods/reduction.ts'
import type { Shape } from '../shape.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Reduce } from '../shape-types/reduction.ts'
import type { Tensor } from '../tensor.ts'

/** eˣ / Σ eˣ along an axis. */
export function softmax<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
): Tensor<S, Floating<D>> {
  const untyped: Tensor = x
  const along: number = axis
  return untyped.softmax(along)
}

/** e⁻ˣ / Σ e⁻ˣ along an axis. */
export function softmin<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
): Tensor<S, Floating<D>> {
  const untyped: Tensor = x
  const along: number = axis
  return untyped.negate().softmax(along)
}

/** x − log Σ eˣ along an axis. */
export function logSoftmax<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
): Tensor<S, Floating<D>> {
  const untyped: Tensor = x
  const along: number = axis
  return untyped.logSoftmax(along)
}

/** log Σ eˣ, without overflow; over all axes by default. */
export function logSumExp<
  S extends Shape,
  D extends DType,
  const Which extends Axes | undefined = undefined,
  Keep extends boolean = false,
>(
  x: Tensor<S, D>,
  axes?: Which & Fits<Reduce<S, Which>>,
  options?: ReductionOptions<Keep>,
): Tensor<ResultShape<Reduce<S, Which, Keep>>, Floating<D>> {
  const untyped: Tensor = x
  const over: Axes | undefined = axes
  return untyped.logSumExp(over, options)
}
