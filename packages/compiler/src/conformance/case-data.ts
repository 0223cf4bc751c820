// Data for the inputs and states of cases.

import { type DType, type TypedArray, typedArrayOf } from '../kernel/index.ts'
import type { Random } from './random.ts'

/** One random value; integers are small enough to be multiplied a few times before they wrap. */
export function randomValue(random: Random, dtype: DType): number {
  switch (dtype) {
    case 'float32':
    case 'float64':
      return 4 * random.fraction() - 2
    case 'int32':
      return random.integer(-100, 100)
    case 'uint8':
      return random.integer(0, 255)
    case 'bool':
      return random.integer(0, 1)
  }
}

/** Random values, a share of which are special. */
export function randomData(random: Random, dtype: DType, size: number, shareOfSpecial = 0): TypedArray {
  const value = (): number =>
    shareOfSpecial > 0 && random.chance(shareOfSpecial) ? random.pick(specialValues[dtype]) : randomValue(random, dtype)
  return typedArrayOf[dtype].from(Array.from({ length: size }, value))
}

const floats = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  0.1,
  -7.75,
  3,
  1e-3,
  -1e10,
  16777215,
  2 ** 31,
  -(2 ** 31),
  255.5,
  1e-20,
  Math.PI,
  -0.99999994,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
] as const

/** Values of each dtype where operations behave differently: zeros, ends of the range, ties, wrapping, infinities. */
export const specialValues: { readonly [D in DType]: readonly number[] } = {
  float32: [...floats, 3.4e38, -3.4e38, 2 ** -126, -(2 ** -149), 88.5, -104],
  float64: [...floats, 1.7e308, -1.7e308, 2 ** -1022, -Number.MIN_VALUE, 709.5, -746],
  int32: [
    0,
    1,
    -1,
    2,
    3,
    -3,
    7,
    -7,
    31,
    32,
    33,
    -33,
    127,
    128,
    255,
    256,
    65536,
    -65537,
    0x55555555,
    2 ** 31 - 1,
    -(2 ** 31),
    -(2 ** 31) + 1,
    16777217,
    1234567,
  ],
  uint8: [0, 1, 2, 3, 7, 8, 9, 31, 32, 33, 100, 127, 128, 129, 200, 254, 255],
  bool: [0, 1],
}
