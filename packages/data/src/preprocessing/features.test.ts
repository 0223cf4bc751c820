import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cartesianToPolar, polarToCartesian } from './polar.ts'
import { polynomialFeatures } from './polynomial-features.ts'

test('polar features are radius and angle, and give the points back', () => {
  const points = tensor([
    [3, 4],
    [0, -2],
    [-1, 0],
    [0, 0],
  ])
  const polar = cartesianToPolar(points)
  const expected = [5, Math.atan2(4, 3), 2, -Math.PI / 2, 1, Math.PI, 0, 0]
  polar.dataSync().forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 6)
  })
  const number = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 16)
  fc.assert(
    fc.property(number, number, (x, y) => {
      const back = polarToCartesian(cartesianToPolar(tensor([[[x, y]]])))
      expect(back.shape).toEqual([1, 1, 2])
      const [backX, backY] = back.dataSync()
      expect(Math.hypot(backX! - x, backY! - y)).toBeLessThan(1e-4)
    }),
  )
  expect(() => cartesianToPolar(tensor([1, 2, 3]))).toThrow('expected points [..., 2]; got [3]')
})

// scikit-learn 1.9: PolynomialFeatures(degree, include_bias=False).
test('polynomial features are those of scikit-learn, in its order', () => {
  const x = tensor([
    [2, 3],
    [1, -2],
  ])
  expect(polynomialFeatures(x, 3).toArraySync()).toEqual([
    [2, 3, 4, 6, 9, 8, 12, 18, 27],
    [1, -2, 1, -2, 4, 1, -2, 4, -8],
  ])
  expect(polynomialFeatures(tensor([[2, 3, 5]]), 2).toArraySync()).toEqual([[2, 3, 5, 4, 6, 10, 9, 15, 25]])
  expect(() => polynomialFeatures(x, 0)).toThrow('got 0')
  expect(() => polynomialFeatures(tensor([1, 2]) as Tensor as Tensor<[number, number]>, 2)).toThrow('got [2]')
})
