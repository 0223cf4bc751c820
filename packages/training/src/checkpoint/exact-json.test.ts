import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromExactJson, toExactJson } from './exact-json.ts'

test('every number comes back', () => {
  fc.assert(
    fc.property(fc.double(), (number) => {
      expect(fromExactJson(toExactJson({ a: [number] }))).toEqual({ a: [number] })
    }),
  )
  for (const number of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 5e-324, 2 ** 60, 1e21])
    expect(Object.is(fromExactJson(toExactJson(number)), number)).toBe(true)
})

test('so does everything else that JSON has', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      expect(fromExactJson(toExactJson(value))).toEqual(value)
    }),
    { numRuns: 50 },
  )
})
