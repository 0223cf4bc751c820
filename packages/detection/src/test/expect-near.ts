import { expect } from 'vitest'

/** Each number within `tolerance` of the one wanted. */
export function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-9): void {
  expect(found.length).toBe(wanted.length)
  for (let i = 0; i < wanted.length; i++)
    if (!(Math.abs(found[i]! - wanted[i]!) <= tolerance))
      expect({ i, value: found[i] }).toEqual({ i, value: wanted[i] })
}
