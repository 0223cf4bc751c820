// Counter-based random numbers (Salmon et al. 2011): every draw is a pure function of a key, so results do not depend on
// order, threads or backend. A key that has served a draw should not serve another: split it, or fold a number into it.

import { bind } from '../bind.ts'
import { full, iota } from '../create.ts'
import { leaf } from '../from-data.ts'
import type { Shape } from '../shape.ts'
import { checkShape } from '../shape.ts'
import type { Sized } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'

/** Two words that determine a stream of random numbers. */
export type RandomKey = Tensor<[2], 'int32'>

// Derived keys come from other streams than draws: these words are mixed into the key first.
const splitStream = 0x3c6ef372
const foldStream = 0x1b873593

/**
 * The key of a seed.
 * @throws RangeError unless `seed` is an integer of 32 bits.
 */
export function key(seed: number): RandomKey {
  return leaf(keyWords(seed), [2], 'int32')
}

/** Independent keys [count, 2] out of one; take rows with `select(0, i)`. */
export function splitKey<const N extends number = 2>(key: RandomKey, count?: N): Tensor<[N, 2], 'int32'> {
  return bind('randomBits', [key.xor(pair(splitStream, 0))], { shape: [count ?? 2, 2] })
}

/** A key for each number (a step, a layer's position): different numbers give independent keys. */
export function foldIn(key: RandomKey, data: number | Tensor<[], 'int32'>): RandomKey {
  return bind('randomBits', [key.xor(pair(foldStream, data))], { shape: [2] })
}

/** Random words: element i (row-major) is the first word of Threefry-2x32-20 of the counter i under the key. */
export function randomBits<const S extends Shape>(key: RandomKey, shape: S): Tensor<Sized<S>, 'int32'> {
  checkShape('randomBits', shape)
  return bind('randomBits', [key], { shape: [...shape] })
}

/** @internal */
export function keyWords(seed: number): Int32Array {
  if (!Number.isInteger(seed) || seed < -(2 ** 31) || seed >= 2 ** 32)
    throw new RangeError(`random: ${seed} is no seed; it must be an integer from −2³¹ to 2³² − 1.`)
  return Int32Array.of(seed, 0)
}

function pair(first: number, second: number | Tensor): Tensor<[2], 'int32'> {
  const isFirst: Tensor = iota([2], 0).equal(0)
  return isFirst.choose(scalar(first), typeof second === 'number' ? scalar(second) : second)
}

function scalar(value: number): Tensor {
  return full([], value, 'int32')
}
