import { expect, test } from 'vitest'
import { seededRandom } from './random.ts'

test('a seed repeats its choices and another seed makes others', () => {
  const choices = (seed: number): number[] => {
    const random = seededRandom(seed)
    return Array.from({ length: 20 }, () => random.integer(0, 1000))
  }
  expect(choices(7)).toEqual(choices(7))
  expect(choices(8)).not.toEqual(choices(7))
  expect(new Set([0, 1, 2, 3, -1].map((seed) => choices(seed).join())).size).toBe(5)
})

test('integers are uniform between their bounds, both included', () => {
  const random = seededRandom(1)
  const counts = [0, 0, 0, 0, 0]
  for (let i = 0; i < 10_000; i++) counts[random.integer(-2, 2) + 2]!++
  // Five standard deviations: √(10000 · 0.2 · 0.8) = 40.
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200)
})

test('a shuffle keeps every element', () => {
  const random = seededRandom(3)
  const values = [1, 2, 3, 4, 5, 6]
  const shuffled = random.shuffled(values)
  expect(shuffled.toSorted()).toEqual(values)
  expect(new Set(Array.from({ length: 50 }, () => random.shuffled(values).join())).size).toBeGreaterThan(40)
})
