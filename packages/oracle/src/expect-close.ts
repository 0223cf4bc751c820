import { expect } from 'vitest'
import type { RecordedTensor, Tolerance } from './recording.ts'

/** What is compared: a tensor. */
interface Computed {
  readonly shape: readonly number[]
  readonly dtype: string
  data(): Promise<ArrayLike<number>>
}

/**
 * Compares as the recordings' README says: shape, dtype, and every element to within abs · scale + rel · |expected|, where scale is
 * the largest |expected|, at least 0.001 and at most 1. Integers and what is not finite must be equal.
 */
export async function expectClose(actual: Computed, expected: RecordedTensor, tolerance: Tolerance): Promise<void> {
  expect(actual.shape).toEqual(expected.shape)
  expect(actual.dtype).toBe(expected.dtype)
  const found = await actual.data()
  const { abs, rel } = expected.dtype === 'float32' ? tolerance : { abs: 0, rel: 0 }
  const scale = Math.min(1, Math.max(1e-3, ...expected.data.filter(Number.isFinite).map(Math.abs)))
  const wrong = expected.data.flatMap((wanted, i) => {
    const error = Math.abs(found[i]! - wanted)
    const agrees = Number.isFinite(wanted) ? error <= abs * scale + rel * Math.abs(wanted) : Object.is(found[i], wanted)
    return agrees ? [] : [{ element: i, found: found[i], wanted }]
  })
  expect(wrong).toEqual([])
}
