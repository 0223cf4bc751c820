import { expect } from 'vitest'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** float32 keeps 24 bits; a handful of operations loses a few of them. */
const float32Tolerance: number = 2 ** -20

/** Shape and elements, which may be off by `tolerance` relative to the larger of 1 and the expected element. */
export function expectTensor(
  actual: Tensor,
  shape: Shape,
  expected: readonly number[],
  tolerance: number = float32Tolerance,
): void {
  expect(actual.shape).toEqual(shape)
  const found = [...actual.dataSync()]
  const wrong = expected.flatMap((value, i) => {
    const difference = Math.abs(found[i]! - value)
    const agrees = Object.is(found[i], value) || difference <= tolerance * Math.max(1, Math.abs(value))
    return agrees ? [] : [{ at: i, found: found[i], value }]
  })
  expect(wrong).toEqual([])
  expect(found.length).toBe(expected.length)
}
