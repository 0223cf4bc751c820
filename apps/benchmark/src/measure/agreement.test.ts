import { expect, test } from 'vitest'
import { findDifference } from './agreement.ts'

test('losses that differ by less than the tolerance agree', () => {
  expect(findDifference([2.3, 1.1], [2.3001, 1.1001], 1e-3)).toBeUndefined()
})

test('a loss that differs is named with its run', () => {
  expect(findDifference([2.3, 1.2], [2.3, 1.1], 1e-3)).toBe('run 2: 1.2 instead of 1.1')
})

test('arrays differ by their largest number', () => {
  const expected = Float32Array.of(1000, 0, 1)
  expect(findDifference([Float32Array.of(1000, 0.5, 1)], [expected], 1e-3)).toBeUndefined()
  expect(findDifference([Float32Array.of(1000, 2, 1)], [expected], 1e-3)).toBe('run 1: 2 instead of 0 at place 1')
})

test('NaN agrees with nothing', () => {
  expect(findDifference([Number.NaN], [1], 1e-3)).toBe('run 1: NaN instead of 1')
  expect(findDifference([Number.NaN], [Number.NaN], 1e-3)).toBe('run 1: NaN instead of NaN')
})

test('missing results and numbers are differences', () => {
  expect(findDifference([1], [1, 2], 1e-3)).toBe('1 results instead of 2')
  expect(findDifference([Float32Array.of(1)], [Float32Array.of(1, 2)], 1)).toBe('run 1: 1 numbers instead of 2')
})
