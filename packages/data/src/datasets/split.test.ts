import { tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Dataset, InMemoryDataset } from './dataset.ts'
import { split } from './split.ts'
import { subset } from './subset.ts'
import { tensorDataset } from './tensor-dataset.ts'

function counting(length: number) {
  return tensorDataset(tensor(Int32Array.from({ length }, (_, i) => i)))
}

function contents(dataset: InMemoryDataset<readonly [ReturnType<typeof tensor>]>): number[] {
  return [...dataset.take(Array.from({ length: dataset.length }, (_, i) => i))[0].dataSync()]
}

test('every example is in exactly one part', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), fc.maxSafeInteger(), (sizes, seed) => {
      const length = sizes.reduce((sum, size) => sum + size, 0)
      const parts = split(counting(length), sizes, { seed })
      expect(parts.map((part) => part.length)).toEqual(sizes)
      expect(parts.flatMap(contents).sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i))
    }),
  )
})

test('fractions that add up to 1 give every example away, as evenly as they say', () => {
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }),
      (length, weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        fc.pre(total > 0)
        const fractions = weights.map((weight) => weight / total)
        const counts = split(counting(length), fractions).map((part) => part.length)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(length)
        counts.forEach((count, i) => {
          expect(Math.abs(count - fractions[i]! * length)).toBeLessThanOrEqual(1)
        })
      },
    ),
  )
})

test('fractions that binary numbers cannot hold split like the decimal ones', () => {
  expect(split(counting(100), [0.71, 0.29]).map((part) => part.length)).toEqual([71, 29])
  expect(split(counting(10), [0.7, 0.2, 0.1]).map((part) => part.length)).toEqual([7, 2, 1])
})

test('the same seed splits the same way, another differently', () => {
  const first = (seed: number): number[] => contents(split(counting(50), [25, 25], { seed })[0])
  expect(first(3)).toEqual(first(3))
  expect(first(3)).not.toEqual(first(4))
})

test('sizes that do not add up are an error with both numbers', () => {
  expect(() => split(counting(10), [4, 5])).toThrow('add up to 9; they must be counts that add up to 10')
  expect(() => split(counting(10), [0.5, 0.6])).toThrow('add up to 1.1')
  expect(() => split(counting(10), [1.5, -0.5])).toThrow(RangeError)
  expect(() => split(counting(10), [Number.NaN, 1])).toThrow(RangeError)
})

test('a subset numbers its examples anew', () => {
  const odd = subset(counting(6), [1, 3, 5])
  expect(odd.length).toBe(3)
  expect(contents(odd)).toEqual([1, 3, 5])
  expect(contents(subset(odd, [2, 2]))).toEqual([5, 5])
})

test('positions outside of the data set are an error', () => {
  for (const position of [-1, 6, 0.5, Number.NaN])
    expect(() => subset(counting(6), [0, position])).toThrow(`position ${position} is none of 6 examples, 0 to 5`)
})

test('parts of a data set that must be waited for are waited for', async () => {
  const inMemory = counting(4)
  const slow: Dataset<readonly [ReturnType<typeof tensor>]> = { length: 4, take: async (at) => inMemory.take(at) }
  const [part] = split(slow, [4])
  const [taken] = await part.take([0, 1, 2, 3])
  expect([...taken.dataSync()].sort()).toEqual([0, 1, 2, 3])
})
