import '@neurite/backend-cpu/install'
import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inBatches, measure } from '../test/measure.ts'
import { meanAbsoluteError, meanSquaredError, rootMeanSquaredError, rSquared } from './index.ts'

// scikit-learn's examples: actual 3 −0.5 2 7, predicted 2.5 0 2 8.
const batches: readonly (readonly [Tensor, Tensor])[] = [
  [tensor([2.5, 0, 2]), tensor([3, -0.5, 2])],
  [tensor([8]), tensor([7])],
]

test('by hand', async () => {
  expect(await measure(meanAbsoluteError(), batches)).toBe(0.5)
  expect(await measure(meanSquaredError(), batches)).toBe(0.375)
  expect(await measure(rootMeanSquaredError(), batches)).toBe(Math.sqrt(0.375))
  // 1 − 1.5 / 29.1875
  expect(await measure(rSquared(), batches)).toBeCloseTo(1 - 1.5 / 29.1875, 15)
})

test('R² of several columns is the mean of each one’s', async () => {
  const actual = tensor([
    [0.5, 1],
    [-1, 1],
    [7, -6],
  ])
  const predicted = tensor([
    [0, 2],
    [-1, 2],
    [8, -5],
  ])
  const column = (y: number[], x: number[]): number => {
    const mean = y.reduce((sum, v) => sum + v, 0) / y.length
    const left = y.reduce((sum, v, i) => sum + (v - x[i]!) ** 2, 0)
    return 1 - left / y.reduce((sum, v) => sum + (v - mean) ** 2, 0)
  }
  const expected = (column([0.5, -1, 7], [0, -1, 8]) + column([1, 1, -6], [2, 2, -5])) / 2
  expect(await measure(rSquared(), [[predicted, actual]])).toBeCloseTo(expected, 14)
})

test('R² of equal targets is −∞, or NaN where they are met', async () => {
  const same = tensor([0.1, 0.1, 0.1])
  expect(await measure(rSquared(), [[tensor([0, 0.1, 0.2]), same]])).toBe(Number.NEGATIVE_INFINITY)
  expect(await measure(rSquared(), [[same, same]])).toBeNaN()
})

test('figures are those of all examples, not means of batches’', async () => {
  const number = fc.float({ min: -100, max: 100, noNaN: true })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 8 }),
      async (rows, size) => {
        const cut = inBatches(rows, [size]).map(
          (part) => [tensor(part.map(([x]) => x)), tensor(part.map(([, y]) => y))] as const,
        )
        const errors = rows.map(([x, y]) => x - y)
        const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length
        expect(await measure(meanAbsoluteError(), cut)).toBeCloseTo(mean(errors.map(Math.abs)), 10)
        expect(await measure(meanSquaredError(), cut)).toBeCloseTo(mean(errors.map((e) => e * e)), 8)
      },
    ),
    { numRuns: 15 },
  )
})

test('shapes that differ are an error: [N, 1] and [N] would broadcast to [N, N]', async () => {
  const batch = [tensor([[1], [2]]), tensor([1, 2])] as const
  await expect(measure(meanSquaredError(), [batch])).rejects.toThrow('meanSquaredError: outputs [2, 1] and targets [2]')
  await expect(measure(rSquared(), [batch])).rejects.toThrow('rSquared: outputs [2, 1] and targets [2]')
})
