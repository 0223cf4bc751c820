import type { Shape } from '../shape.ts'
import type { Sized } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'
import { keyFor } from './default-key.ts'
import type { RandomKey } from './key.ts'
import { randomBits } from './key.ts'
import { unitInterval } from './uniform.ts'

export interface NormalOptions {
  /** Default: the default key. */
  readonly key?: RandomKey
  /** Default 0. */
  readonly mean?: number
  /** Default 1. */
  readonly standardDeviation?: number
}

/**
 * Normally distributed float32 numbers, from two words each (Box & Muller 1958).
 *
 *     z = √(−2 ln u) · cos(2π v),  u in (0, 1], v in [0, 1) → mean + standardDeviation · z
 *
 * |z| is at most √(2 ln 2²⁴) ≈ 5.77, which a true normal variable exceeds once in 10⁸ draws.
 */
export function normal<const S extends Shape>(shape: S, options: NormalOptions = {}): Tensor<Sized<S>, 'float32'> {
  const { mean = 0, standardDeviation = 1 } = options
  const words: Tensor = unitInterval(randomBits(keyFor(options.key), [2, ...shape]))
  const radius = words.select(0, 0).negate().add(1).log().multiply(-2).sqrt()
  const z = radius.multiply(
    words
      .select(0, 1)
      .multiply(2 * Math.PI)
      .cos(),
  )
  const scaled = standardDeviation === 1 ? z : z.multiply(standardDeviation)
  return mean === 0 ? scaled : scaled.add(mean)
}
