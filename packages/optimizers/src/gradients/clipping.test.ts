import { tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clipByNorm, clipByValue } from '../index.ts'

const number = fc.double({ min: -100, max: 100, noNaN: true }).map(Math.fround)
const lists = fc.array(fc.array(number, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })

describe('clipByNorm', () => {
  test('scales all gradients alike to the norm allowed, and leaves smaller ones as they are', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY), (values, order) => {
        const all = values.flat().map(Math.abs)
        const expected =
          order === Infinity ? Math.max(...all) : all.reduce((sum, x) => sum + x ** order, 0) ** (1 / order)
        const { gradients, norm } = clipByNorm(
          values.map((list) => tensor(list)),
          50,
          { order },
        )
        expect(Math.abs(norm.itemSync() - expected)).toBeLessThan(1e-3 + 1e-4 * expected)
        const factor = Math.min(1, 50 / (expected + 1e-6))
        gradients.forEach((gradient, i) => {
          gradient.dataSync().forEach((value: number, j: number) => {
            expect(Math.abs(value - values[i]![j]! * factor)).toBeLessThan(1e-2)
          })
        })
      }),
      { numRuns: 40 },
    )
  })

  test('gives back the kind of collection that it got', () => {
    const [a, b] = [tensor([3]), tensor([4])]
    expect([...clipByNorm(new Map([['a', a]]), 1).gradients.keys()]).toEqual(['a'])
    expect(Object.keys(clipByNorm({ a, b }, 1).gradients)).toEqual(['a', 'b'])
    expect(clipByNorm([a, b], 1).gradients.map((x) => Number(x.itemSync().toFixed(3)))).toEqual([0.6, 0.8])
  })

  test('arguments that make no sense are errors', () => {
    expect(() => clipByNorm([], 1)).toThrow('clipByNorm: there are no gradients.')
    expect(() => clipByNorm([tensor(1)], -1)).toThrow('clipByNorm: maximum is -1')
    expect(() => clipByNorm([tensor(1)], 1, { order: 0 })).toThrow('clipByNorm: order is 0')
  })
})

test('clipByValue brings every element into the interval', () => {
  const { a } = clipByValue({ a: tensor([-3, -0.5, 0, 2]) }, 1)
  expect([...a.dataSync()]).toEqual([-1, -0.5, 0, 1])
  expect(() => clipByValue([tensor(1)], Number.NaN)).toThrow('clipByValue: limit is NaN')
})
