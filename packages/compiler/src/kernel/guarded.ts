import type { DType } from '@neurite/tensor'
import { type Condition, constantScalar, rangeOfIndex, type Scalar } from '../kernel/index.ts'

/** `value` where all conditions hold, else `otherwise`; conditions that always hold are left out. */
export function guarded(
  conditions: readonly Condition[],
  value: Scalar,
  otherwise: number,
  dtype: DType,
  extents: readonly number[],
): Scalar {
  const open = conditions.filter(({ index, low, high, divisor = 1 }) => {
    const range = rangeOfIndex(index, extents)
    return range.low < low || range.high >= high || divisor > 1
  })
  if (open.length === 0) return value
  if (open.some(({ low, high }) => low >= high)) return constantScalar(otherwise, dtype)
  return { kind: 'guard', conditions: open, value, otherwise, dtype }
}
