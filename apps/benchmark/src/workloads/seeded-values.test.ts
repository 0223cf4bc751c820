import { expect, test } from 'vitest'
import { SeededValues } from './seeded-values.ts'

test('draws the numbers of mulberry32', () => {
  // The first four of seed 1, by its definition in exact integers (Python).
  const { data } = new SeededValues(1).uniform([4], 0, 1)
  expect([...data]).toEqual(
    [0.6270739405881613, 0.002735721180215478, 0.5274470399599522, 0.9810509674716741].map(Math.fround),
  )
})

test('keeps to its bounds and fills them', () => {
  const { shape, data } = new SeededValues(2).uniform([100, 100], -3, 5)
  expect(shape).toEqual([100, 100])
  expect(Math.min(...data)).toBeCloseTo(-3, 2)
  expect(Math.max(...data)).toBeCloseTo(5, 2)
  expect(data.reduce((sum, value) => sum + value, 0) / data.length).toBeCloseTo(1, 1)
})

test('integers are all below the count, each about as often', () => {
  const { data } = new SeededValues(3).integers([10_000], 10)
  const counts = Array.from({ length: 10 }, (_, digit) => data.filter((value) => value === digit).length)
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

test('weights and biases are bounded by the number of inputs', () => {
  const { weight, bias } = new SeededValues(4).weightAndBias([8, 4, 2, 2])
  expect([weight.shape, bias.shape]).toEqual([[8, 4, 2, 2], [8]])
  expect(Math.max(...weight.data, ...bias.data)).toBeLessThanOrEqual(1 / 4)
  expect(Math.max(...weight.data)).toBeGreaterThan(0.2)
})
