import type { DType, Floating } from '../dtype.ts'
import { floatingOf } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

export interface LocalResponseNormalizationOptions {
  /** How many neighbouring channels count together. */
  readonly size: number
  /** Default 1e-4. */
  readonly alpha?: number
  /** Default 0.75. */
  readonly beta?: number
  /** Default 1. */
  readonly k?: number
}

/**
 * Each element divided by what its channel and the neighbouring ones have in the same place (Krizhevsky et al. 2012, § 3.3).
 *
 *     y[n, c, …] = x[n, c, …] / (k + alpha / size · Σ over the size channels around c of x²)^beta
 *
 * x [N, C, ...]; beyond the first and the last channel there are zeros.
 * @throws ShapeError if there is no channel axis or the size is not a positive integer.
 */
export function localResponseNormalization<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options: LocalResponseNormalizationOptions,
): Tensor<S, Floating<D>> {
  const { size, alpha = 1e-4, beta = 0.75, k = 1 } = options
  if (x.rank < 2 || !Number.isInteger(size) || size < 1)
    throw new ShapeError(
      `localResponseNormalization: takes [N, C, ...] and a positive size, not ${showShape(x.shape)} and ${size}.`,
    )
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const amounts = (channels: number): number[] => Array.from(x.shape, (_, axis) => (axis === 1 ? channels : 0))
  const squares = wide.square().pad({ low: amounts(Math.floor(size / 2)), high: amounts(Math.floor((size - 1) / 2)) })
  const mean = squares
    .window({ axes: [1], sizes: [size] })
    .sum(-1)
    .divide(size)
  return wide.divide(mean.multiply(alpha).add(k).power(beta))
}
