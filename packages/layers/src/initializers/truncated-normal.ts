import { erfinv, type Shape, type Sized, type Tensor, tensor, uniform } from '@neurite/tensor'
import type { InitializerOptions } from './variance-preserving.ts'

export interface TruncatedNormalOptions extends InitializerOptions {
  /** Of the distribution before it is cut. Default 0. */
  readonly mean?: number
  /** Of the distribution before it is cut. Default 1. */
  readonly standardDeviation?: number
  /** Nothing lies below. Default −2, as in PyTorch: an absolute value, no number of standard deviations. */
  readonly low?: number
  /** Nothing lies above. Default 2. */
  readonly high?: number
}

/**
 * The normal distribution cut off at both ends, by its inverse distribution function: PyTorch's `trunc_normal_`.
 * @throws RangeError unless the standard deviation is positive and `low` below `high`.
 */
export function truncatedNormal<const S extends Shape>(
  shape: S,
  options: TruncatedNormalOptions = {},
): Tensor<Sized<S>> {
  const { mean = 0, standardDeviation = 1, low = -2, high = 2, ...key } = options
  if (!(standardDeviation > 0 && low < high))
    throw new RangeError(
      `truncatedNormal: standardDeviation is ${standardDeviation}, low ${low}, high ${high}; it must be positive, and low below high.`,
    )
  // The interval's ends by 2 · Φ − 1, whose inverse erfinv is but for a factor.
  const [from, to] = [low, high].map((bound) => {
    const place: Tensor = tensor((bound - mean) / (standardDeviation * Math.SQRT2))
    return place.erf()
  }) as [Tensor, Tensor]
  const places: Tensor = uniform(shape, key).multiply(to.subtract(from)).add(from)
  const draws: Tensor = erfinv(places)
  return draws
    .multiply(standardDeviation * Math.SQRT2)
    .add(mean)
    .clamp({ min: low, max: high })
}
