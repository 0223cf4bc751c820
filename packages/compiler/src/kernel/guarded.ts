import type { DType } from './dtype.ts'
import { type Condition, rangeOfIndex } from './indexing.ts'
import { constantScalar, type Scalar } from './scalar.ts'

/** `value` where all conditions hold, else `otherwise`; without conditions that always hold, and a constant if one never does. */
export function guarded(
  conditions: readonly Condition[],
  value: Scalar,
  otherwise: number,
  dtype: DType,
  extents: readonly number[],
): Scalar {
  const open: Condition[] = []
  for (const condition of conditions) {
    const { index, low, high, divisor = 1 } = condition
    const range = rangeOfIndex(index, extents)
    if (low >= high || range.high < low || range.low >= high) return constantScalar(otherwise, dtype)
    if (range.low < low || range.high >= high || divisor > 1) open.push(condition)
  }
  return open.length === 0 ? value : { kind: 'guard', conditions: open, value, otherwise, dtype }
}
