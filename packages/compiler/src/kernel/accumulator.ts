import type { DType } from './dtype.ts'
import type { Combine } from './kernel.ts'
import { operation, settleIn } from './scalar-arithmetic.ts'

/** How one reduction joins its values, one after the other. */
export interface Accumulator {
  readonly start: number
  /** `position` counts the values from 0. */
  readonly join: (total: number, value: number, position: number) => number
  readonly finish: (total: number) => number
}

const smallest: { readonly [D in DType]: number } = {
  float32: -Infinity,
  float64: -Infinity,
  int32: -(2 ** 31),
  uint8: 0,
  bool: 0,
}
const largest: { readonly [D in DType]: number } = {
  float32: Infinity,
  float64: Infinity,
  int32: 2 ** 31 - 1,
  uint8: 255,
  bool: 1,
}

/** Floats are joined in float64, whatever their dtype, and rounded once at the end. */
export function accumulatorOf(combine: Combine, dtype: DType): Accumulator {
  const joining = dtype === 'float32' ? 'float64' : dtype
  const finish = settleIn[dtype]
  switch (combine) {
    case 'add':
    case 'multiply':
      return { start: combine === 'add' ? 0 : 1, join: operation(combine, joining), finish }
    case 'maximum':
      return { start: smallest[dtype], join: operation(combine, joining), finish }
    case 'minimum':
      return { start: largest[dtype], join: operation(combine, joining), finish }
    case 'argMax':
      return argMaxAccumulator()
  }
}

function argMaxAccumulator(): Accumulator {
  let best = 0
  return {
    start: 0,
    join: (place, value, position) => {
      const isBetter = position === 0 || value > best || (Number.isNaN(value) && !Number.isNaN(best))
      if (!isBetter) return place
      best = value
      return position
    },
    finish: (place) => place,
  }
}
