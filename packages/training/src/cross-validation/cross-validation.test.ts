import { tensorDataset } from '@neurite/data'
import { tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossValidate, kFold } from '../index.ts'

const cases = fc
  .record({ length: fc.integer({ min: 2, max: 60 }), seed: fc.nat(), shuffle: fc.boolean() })
  .chain(({ length, ...rest }) =>
    fc.record({
      length: fc.constant(length),
      folds: fc.integer({ min: 2, max: length }),
      ...Object.fromEntries(Object.entries(rest).map(([k, v]) => [k, fc.constant(v)])),
    }),
  )

describe('kFold', () => {
  test('validates on every example once, in folds of nearly one size, and trains on the others', () => {
    fc.assert(
      fc.property(cases, ({ length, ...options }) => {
        const folds = kFold(length, options)
        expect(folds.flatMap(({ validation }) => validation).sort((a, b) => a - b)).toEqual([...Array(length).keys()])
        for (const { training, validation } of folds) {
          expect(training.length + validation.length).toBe(length)
          expect(new Set([...training, ...validation]).size).toBe(length)
        }
        const sizes = folds.map(({ validation }) => validation.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('stratified, has every class in every fold nearly as often', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 4, maxLength: 60 }),
        fc.integer({ min: 2, max: 4 }),
        (labels, folds) => {
          const parts = kFold(labels.length, { folds, stratifyBy: labels, seed: 1 })
          for (const label of [0, 1, 2, 3]) {
            const counts = parts.map(({ validation }) => validation.filter((i) => labels[i] === label).length)
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
          }
          expect(parts.flatMap(({ validation }) => validation).sort((a, b) => a - b)).toEqual([...labels.keys()])
        },
      ),
    )
  })

  test('is the same for the same seed, another for another, in order if not shuffled', () => {
    expect(kFold(50, { seed: 3 })).toEqual(kFold(50, { seed: 3 }))
    expect(kFold(50, { seed: 3 })).not.toEqual(kFold(50, { seed: 4 }))
    expect(kFold(5, { folds: 2, shuffle: false }).map(({ validation }) => validation)).toEqual([
      [0, 1, 2],
      [3, 4],
    ])
  })

  test('of what cannot be dealt is an error', () => {
    expect(() => kFold(3)).toThrow('folds is 5; it must be an integer from 2 to 3')
    expect(() => kFold(3, { folds: 1 })).toThrow('folds is 1')
    expect(() => kFold(3, { folds: 2, stratifyBy: [1] })).toThrow('1 labels for 3 examples')
  })
})

test('crossValidate gives the figures of each fold, their mean and deviation', async () => {
  const dataset = tensorDataset(tensor([1, 2, 3, 4, 5, 6]))
  const seen: number[][] = []
  const result = await crossValidate(dataset, { folds: 3, shuffle: false }, async (training, validation, fold) => {
    const [held] = validation.take([0, 1])
    seen.push([...(await held.data())])
    return { fold: fold * fold, size: training.length, matrix: [fold] }
  })
  expect(seen).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ])
  expect(result.folds[2]).toEqual({ fold: 4, size: 4, matrix: [2] })
  expect(result.mean).toEqual({ fold: 5 / 3, size: 4 })
  // Σ (x − 5/3)² / 2 of 0, 1, 4
  expect(result.deviation.fold).toBeCloseTo(Math.sqrt(13 / 3), 14)
  expect(result.deviation.size).toBe(0)
})
