import { iota } from '../create.ts'
import { leaf } from '../from-data.ts'
import { Variable } from '../variable.ts'
import type { RandomKey } from './key.ts'
import { keyWords } from './key.ts'

/**
 * [seed, counter]: the key of draws that are given none. Seed 0 at the start, so that every run draws the same numbers. Its value
 * saved and assigned again later continues the draws where they stood.
 */
export const defaultKey: Variable<[2], 'int32'> = /* @__PURE__ */ new Variable(leaf(keyWords(0), [2], 'int32'))

/**
 * Starts the stream of draws without a key anew.
 * @throws RangeError unless `value` is an integer of 32 bits.
 */
export function seed(value: number): void {
  defaultKey.assign(leaf(keyWords(value), [2], 'int32'))
}

/** @internal The key given, or the default one, whose counter moves on: also at each call of a compiled function. */
export function keyFor(given: RandomKey | undefined): RandomKey {
  if (given !== undefined) return given
  const key = defaultKey.value
  const words = key.realized
  // Where the words are known, counting at once keeps the graph of later draws short.
  const next: RandomKey =
    words === undefined ? key.add(iota([2], 0)) : leaf(Int32Array.of(words[0]!, words[1]! + 1), [2], 'int32')
  defaultKey.assign(next)
  return key
}
