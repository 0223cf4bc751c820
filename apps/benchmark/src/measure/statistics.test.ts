import fc from 'fast-check'
import { expect, test } from 'vitest'
import { summarize } from './statistics.ts'

test('the quartiles of five samples are samples', () => {
  expect(summarize([5, 1, 4, 2, 3])).toEqual({ median: 3, lowerQuartile: 2, upperQuartile: 4 })
})

test('between two samples they are linear', () => {
  expect(summarize([10, 20])).toEqual({ median: 15, lowerQuartile: 12.5, upperQuartile: 17.5 })
  expect(summarize([7])).toEqual({ median: 7, lowerQuartile: 7, upperQuartile: 7 })
})

test('a quarter of the samples lies below the lower quartile, one above the upper; their order does not matter', () => {
  const samples = fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(samples, (values) => {
      const { median, lowerQuartile, upperQuartile } = summarize(values)
      const quarter = Math.ceil(values.length / 4)
      expect(values.filter((value) => value < lowerQuartile).length).toBeLessThanOrEqual(quarter)
      expect(values.filter((value) => value > upperQuartile).length).toBeLessThanOrEqual(quarter)
      expect(values.filter((value) => value <= median).length).toBeGreaterThanOrEqual(values.length / 2)
      expect(values.filter((value) => value >= median).length).toBeGreaterThanOrEqual(values.length / 2)
      expect(summarize(values.toReversed())).toEqual({ median, lowerQuartile, upperQuartile })
    }),
  )
})

test('no samples have no median', () => {
  expect(() => summarize([])).toThrow('summarize: there are no samples')
})
