import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import type { Axes } from '../../methods/movement.ts'
import type { ReductionOptions } from '../../methods/reduction.ts'
import type { Shape } from '../../shape.ts'
import type { Fits, ResultShape } from '../../shape-types/mismatch.ts'
import type { Reduce } from '../../shape-types/reduction.ts'
import type { Tensor } from '../../tensor.ts'
import { root } from './root.ts'

export interface NormOptions<Keep extends boolean = boolean> extends ReductionOptions<Keep> {
  /** p of the norm, default 2 (Euclidean). 1: sum of sizes; Infinity: the largest size, −Infinity: the smallest; 0: how many are not 0. */
  readonly order?: number
}

/**
 * The vector norm (Σ |x|ᵖ)^(1/p) over all axes or some. Where it is 0, so is its gradient.
 * @throws RangeError if the order is NaN.
 */
export function norm<
  S extends Shape,
  D extends DType,
  const Which extends Axes | undefined = undefined,
  Keep extends boolean = false,
>(
  x: Tensor<S, D>,
  axes?: Which & Fits<Reduce<S, Which>>,
  options: NormOptions<Keep> = {},
): Tensor<ResultShape<Reduce<S, Which, Keep>>, Floating<D>> {
  const { order = 2, keepAxes = false } = options
  if (Number.isNaN(order)) throw new RangeError('norm: the order is NaN; it must be a number or ±Infinity.')
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const over: Axes | undefined = axes
  const sizes = wide.absolute()
  if (order === Infinity) return sizes.max(over, { keepAxes })
  if (order === -Infinity) return sizes.min(over, { keepAxes })
  if (order === 0) return wide.notEqual(0).cast(wide.dtype).sum(over, { keepAxes })
  if (order === 1) return sizes.sum(over, { keepAxes })
  const powers = order === 2 ? wide.square() : sizes.power(order)
  return root(powers.sum(over, { keepAxes }), order)
}
