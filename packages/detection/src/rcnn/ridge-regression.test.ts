import { RandomStream } from '@neurite/data'
import { expect, it } from 'vitest'
import { expectNear } from '../test/expect-near.ts'
import { fitRidgeRegression, predictionOf } from './ridge-regression.ts'

const random = new RandomStream(4)
const rows = { data: Float64Array.from({ length: 5 * 40 }, () => random.uniform(-1, 1)), width: 5 }
const slopes = [3, -1, 0, 2, 0.5]
const line = (i: number): number => slopes.reduce((sum, slope, k) => sum + slope * rows.data[5 * i + k]!, 7)
const targets = {
  data: Float64Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? line(i >> 1) : 1 - line(i >> 1))),
  width: 2,
}

it('finds lines, where λ is small', () => {
  const regression = fitRidgeRegression(rows, targets, 1e-9)
  expectNear(
    regression.weights,
    slopes.flatMap((slope) => [slope, -slope]),
    1e-6,
  )
  expectNear(regression.bias, [7, -6], 1e-6)
  expectNear(predictionOf(regression, rows, 3), [line(3), 1 - line(3)], 1e-6)
})

it('is least: the gradient of the penalized error is 0', () => {
  const lambda = 12
  const { weights, bias } = fitRidgeRegression(rows, targets, lambda)
  const residual = (i: number, output: number): number =>
    targets.data[2 * i + output]! - predictionOf({ weights, bias }, rows, i)[output]!
  for (const output of [0, 1]) {
    for (let k = 0; k < 5; k++) {
      let gradient = -lambda * weights[2 * k + output]!
      for (let i = 0; i < 40; i++) gradient += residual(i, output) * rows.data[5 * i + k]!
      expect(gradient).toBeCloseTo(0, 8)
    }
    const errors = Array.from({ length: 40 }, (_, i) => residual(i, output))
    expect(errors.reduce((sum, error) => sum + error)).toBeCloseTo(0, 8)
  }
})

it('checks what it is given', () => {
  expect(() => fitRidgeRegression(rows, { data: [1, 2], width: 2 }, 1)).toThrow(
    'fitRidgeRegression: needs targets for each of 40 rows; got 1.',
  )
  expect(() => fitRidgeRegression(rows, targets, 0)).toThrow('fitRidgeRegression: lambda must be positive; got 0.')
})
