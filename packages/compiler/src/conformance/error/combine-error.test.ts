import { describe, expect, test } from 'vitest'
import { accumulatorOf } from '../../kernel/accumulator.ts'
import type { Combine } from '../../kernel/index.ts'
import { seededRandom } from '../random.ts'
import { errorOfCombine, errorOfSum } from './combine-error.ts'
import { signOnly, unknown } from './operation-error.ts'

const random = seededRandom(8)

/** Joins float32 values in a random order, in float32, in up to four parts. */
function joinedInFloat32(combine: 'add' | 'multiply' | 'maximum' | 'minimum', values: readonly number[]): number {
  const { start, join } = accumulatorOf(combine, 'float32')
  const parts = new Array<number>(random.integer(1, 4)).fill(start)
  for (const value of random.shuffled(values)) {
    const part = random.integer(0, parts.length - 1)
    parts[part] = Math.fround(join(parts[part]!, value, 0))
  }
  return parts.reduce((total, part) => Math.fround(join(total, part, 0)))
}

describe.each(['add', 'multiply', 'maximum', 'minimum'] as const)('the error of %s', (combine) => {
  test('covers joining in float32 in any order, of values within their errors', () => {
    const { start, join, finish } = accumulatorOf(combine, 'float32')
    for (let i = 0; i < 3000; i++) {
      const count = random.pick([0, 1, 2, 3, 10, 40, 300])
      const range = combine === 'multiply' ? 0.5 : 1
      const values = Array.from({ length: count }, () =>
        Math.fround((combine === 'multiply' ? 1 : 0) + range * (2 * random.fraction() - 1)),
      )
      const errors = values.map(() => (random.chance(0.5) ? 0 : 1e-6))
      const found = finish(values.reduce((total, value, at) => join(total, value, at), start))
      const error = errorOfCombine(combine, 'float32', found, values, errors)
      const others = values.map((value, at) => {
        const other = Math.fround(value + errors[at]! * (2 * random.fraction() - 1))
        return Math.abs(other - value) <= errors[at]! ? other : value
      })
      const actual = joinedInFloat32(combine, others)
      const isCovered = Object.is(actual, found) || Math.abs(actual - found) <= error
      if (!isCovered) throw new Error(`${actual} for ${found} ± ${error}`)
      const magnitude = values.reduce((sum, value) => sum + Math.abs(value), 0)
      expect(error).toBeLessThan(1e-3 * Math.max(1, magnitude, Math.abs(found)))
    }
  })
})

test('one value, or none, is exact but for the sign of zero', () => {
  expect(errorOfCombine('add', 'float32', 0.3, [0.3], [0])).toBe(0)
  expect(errorOfCombine('add', 'float32', 0, [], [])).toBe(signOnly)
  expect(errorOfCombine('multiply', 'float32', 1, [], [])).toBe(0)
})

test('integers are exact, or unknown', () => {
  for (const combine of ['add', 'multiply', 'maximum', 'minimum'] as const satisfies Combine[]) {
    expect(errorOfCombine(combine, 'int32', 7, [3, 4], [0, 0])).toBe(0)
    expect(errorOfCombine(combine, 'int32', 7, [3, 4], [0, unknown])).toBe(unknown)
  }
})

test('infinities and NaN are certain unless partial sums may overflow', () => {
  const sum = (values: readonly number[], errors = values.map(() => 0)): number =>
    errorOfCombine('add', 'float32', Math.fround(values.reduce((total, value) => total + value, 0)), values, errors)
  expect(sum([1, Infinity, 3])).toBe(0)
  expect(sum([1, Number.NaN])).toBe(0)
  expect(sum([3e38, 3e38, -3e38])).toBe(unknown)
  expect(sum([3e38, 3e38, -Infinity])).toBe(unknown)
  expect(errorOfSum('float32', 3, { count: 2, magnitude: 3, spread: Number.NaN })).toBe(unknown)
})

test('the position of the largest is unknown where another may be as large', () => {
  expect(errorOfCombine('argMax', 'float32', 1, [1, 2, 1.5], [0, 0.1, 0.1])).toBe(0)
  expect(errorOfCombine('argMax', 'float32', 1, [1, 2, 1.95], [0, 0.1, 0.1])).toBe(unknown)
  expect(errorOfCombine('argMax', 'float32', 1, [1, 2, 2], [0, 0, 0])).toBe(0)
})
