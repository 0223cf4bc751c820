import { tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MinMaxScaler } from './min-max-scaler.ts'
import { Standardizer } from './standardizer.ts'

// numpy: x.mean(0) = [2, 20, 5], x.std(0) = [0.81649658, 8.1649658, 0].
const x = tensor([
  [1, 10, 5],
  [2, 20, 5],
  [3, 30, 5],
])

const matrix = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 4 })).chain(([rows, features]) =>
  fc
    .array(
      fc.integer({ min: -8000, max: 8000 }).map((n) => n / 8),
      {
        minLength: rows * features,
        maxLength: rows * features,
      },
    )
    .map((values) => tensor(values, { shape: [rows, features] })),
)

describe('Standardizer', () => {
  test('gives mean 0 and deviation 1; a constant feature becomes 0', () => {
    const standardizer = Standardizer.fit(x)
    expect(standardizer.toJSON()).toEqual({
      mean: [2, 20, 5],
      standardDeviation: [Math.sqrt(2 / 3), Math.sqrt(200 / 3), 1],
    })
    const standardized = [...standardizer.apply(x).dataSync()]
    const z = 1 / Math.sqrt(2 / 3)
    for (const [i, expected] of [-z, -z, 0, 0, 0, 0, z, z, 0].entries())
      expect(standardized[i]).toBeCloseTo(expected, 6)
  })

  test('any examples have mean 0 and deviation 1 or 0 afterwards, and come back', () => {
    fc.assert(
      fc.property(matrix, (examples) => {
        const standardizer = Standardizer.fit(examples)
        const again = new Standardizer(JSON.parse(JSON.stringify(standardizer)))
        const standardized = again.apply(examples)
        for (const mean of standardized.mean(0).dataSync()) expect(Math.abs(mean)).toBeLessThan(1e-3)
        const back = again.invert(standardized).dataSync()
        examples.dataSync().forEach((value, i) => {
          expect(Math.abs(back[i]! - value)).toBeLessThan(1e-4 * (1 + Math.abs(value)) + 1e-3)
        })
      }),
    )
  })

  test('a feature that varies by less than float32 can tell is taken for constant', () => {
    expect(Standardizer.fit(tensor([[0], [2 ** -149]])).standardDeviation).toEqual([1])
    expect(Standardizer.fit(tensor([[0.1], [0.1], [0.1]])).standardDeviation).toEqual([1])
  })

  test('takes any axes in front of the features', () => {
    const standardizer = Standardizer.fit(x)
    expect(standardizer.apply(x.reshape([1, 3, 3])).shape).toEqual([1, 3, 3])
    expect(standardizer.apply(tensor([1, 10, 5])).shape).toEqual([3])
  })

  test('what cannot be fitted or applied is an error', () => {
    expect(() => Standardizer.fit(tensor([1, 2]))).toThrow('expected examples [n, features]; got [2]')
    expect(() => Standardizer.fit(tensor([[1], [Number.NaN]]))).toThrow('feature 0 has values that are missing')
    expect(() => Standardizer.fit(tensor(new Float32Array(), { shape: [0, 2] }))).toThrow('no examples')
    expect(() => Standardizer.fit(x).apply(tensor([[1, 2]]))).toThrow('was fitted to 3 features, but [1, 2] has 2')
    expect(() => new Standardizer({ mean: [0], standardDeviation: [0] })).toThrow(RangeError)
  })
})

describe('MinMaxScaler', () => {
  test('scales into 0 to 1; a constant feature becomes 0', () => {
    const scaler = MinMaxScaler.fit(x)
    expect([...scaler.apply(x).dataSync()]).toEqual([0, 0, 0, 0.5, 0.5, 0, 1, 1, 0])
    expect([...scaler.apply(tensor([[5, 0, 6]])).dataSync()]).toEqual([2, -0.5, 1])
    expect([...scaler.invert(tensor([[0.5, 1, 0]])).dataSync()]).toEqual([2, 30, 5])
  })

  test('any examples are within 0 to 1 afterwards, with both ends reached', () => {
    fc.assert(
      fc.property(matrix, (examples) => {
        const scaler = new MinMaxScaler(JSON.parse(JSON.stringify(MinMaxScaler.fit(examples))))
        const scaled = scaler.apply(examples)
        for (const least of scaled.min(0).dataSync()) expect(least).toBe(0)
        for (const most of scaled.max(0).dataSync()) expect(most === 0 || Math.abs(most - 1) < 1e-6).toBe(true)
      }),
    )
  })

  test('what cannot be fitted is an error', () => {
    expect(() => MinMaxScaler.fit(tensor([[1], [Infinity]]))).toThrow('feature 0 has values that are missing')
    expect(() => new MinMaxScaler({ minimum: [1], maximum: [0] })).toThrow(RangeError)
  })
})
