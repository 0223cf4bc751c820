import { RandomStream } from '@neurite/data'
import { checkBetween } from './argument-checks.ts'
import type { Pattern } from './pattern.ts'
import { readPattern } from './pattern.ts'

/**
 * The pattern of −1 and 1 with every value inverted with probability `probability`, independently: a binary symmetric channel.
 * @throws RangeError if the probability does not lie in [0, 1].
 */
export function flipBits(
  pattern: Pattern,
  probability: number,
  options: { readonly seed?: number } = {},
): Float64Array {
  checkBetween('flipBits', 'probability', probability, 0, 1)
  const random = new RandomStream(options.seed ?? 0)
  return readPattern('flipBits', pattern, 'bipolar', undefined).map((value) =>
    random.uniform() < probability ? -value : value,
  )
}

/** `count` patterns of `size` values, −1 and 1 with equal probability. */
export function randomPatterns(count: number, size: number, options: { readonly seed?: number } = {}): Float64Array[] {
  const random = new RandomStream(options.seed ?? 0)
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: size }, () => (random.below(2) === 0 ? -1 : 1)),
  )
}
