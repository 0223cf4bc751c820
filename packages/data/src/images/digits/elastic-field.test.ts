import { expect, test } from 'vitest'
import { RandomStream } from '../../random/random-stream.ts'
import { ElasticField } from './elastic-field.ts'

const fields = Array.from({ length: 400 }, (_, stream) => new ElasticField(new RandomStream(5, stream), 0.05))

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

test('displacements have mean 0 and the deviation asked for, at the border as in the middle', () => {
  // At grid nodes: between them interpolation averages neighbours.
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [6 / 13, 7 / 13],
    [1, 1],
  ] as const)
    for (const draws of [fields.map((field) => field.x(x, y)), fields.map((field) => field.y(x, y))]) {
      expect(Math.abs(mean(draws))).toBeLessThan(0.01)
      expect(Math.sqrt(mean(draws.map((d) => d * d)))).toBeCloseTo(0.05, 2)
    }
})

test('near points move together, far ones independently', () => {
  const correlation = (x: number): number => mean(fields.map((field) => field.x(0, 0.5) * field.x(x, 0.5))) / 0.05 ** 2
  expect(correlation(0.02)).toBeGreaterThan(0.9)
  expect(correlation(0.25)).toBeLessThan(0.9)
  expect(Math.abs(correlation(1))).toBeLessThan(0.2)
})

test('the two coordinates are independent', () => {
  expect(Math.abs(mean(fields.map((field) => field.x(0.5, 0.5) * field.y(0.5, 0.5))) / 0.05 ** 2)).toBeLessThan(0.2)
})

test('points outside of the square move like its border', () => {
  const field = fields[0]!
  expect(field.x(-3, 0.4)).toBe(field.x(0, 0.4))
  expect(field.y(0.7, 9)).toBe(field.y(0.7, 1))
})
