import { expect, test } from 'vitest'
import { agrees, differences } from './compare.ts'
import { signOnly, unknown } from './error/operation-error.ts'

test.each([
  [1.25, 1, 0.25, true],
  [1.26, 1, 0.25, false],
  [Number.NaN, Number.NaN, 0, true],
  [Number.NaN, 1, 5, false],
  [1, Number.NaN, 5, false],
  [Infinity, Infinity, 0, true],
  [-Infinity, Infinity, 5, false],
  [3.4e38, Infinity, 5, false],
  [Infinity, 3.4e38, 5, false],
  [Number.NaN, 3, unknown, true],
  [-0, 0, 0, false],
  [-0, 0, signOnly, true],
])('%d is as good as %d ± %d: %s', (actual, expected, error, verdict) => {
  expect(agrees(actual, expected, error)).toBe(verdict)
})

test('differences name the buffer, the places, the values and the errors allowed', () => {
  const none = [0, 0, 0]
  expect(differences('out', Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 3), none)).toEqual([])
  expect(differences('out', Float32Array.of(1, 5, -0.5), Float32Array.of(1, 2, 3), [0, 0, 0.25])).toEqual([
    'out: 2 of 3 elements are off: [1] is 5, expected 2; [2] is -0.5, expected 3 ± 0.25',
  ])
  expect(differences('out', Float32Array.of(1), Float32Array.of(1, 2), none)).toEqual([
    'out: has 1 elements, expected 2',
  ])
  expect(differences('out', Float64Array.of(1), Float32Array.of(1), none)).toEqual([
    'out: is a Float64Array, expected a Float32Array',
  ])
  expect(differences('out', Float32Array.of(1, 3), Float32Array.of(1, 2), [0, 1])).toEqual([])
})
