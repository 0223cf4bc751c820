import { key, type Tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { orthogonal, truncatedNormal } from '../index.ts'

describe('orthogonal', () => {
  test.each([[[5, 5]], [[3, 7]], [[7, 3]], [[4, 2, 3, 3]], [[40, 40]]])(
    '%j has orthonormal rows or columns',
    (shape) => {
      const matrix: Tensor = orthogonal(shape, { key: key(3), gain: 2 }).reshape([shape[0]!, -1])
      const [rows, columns] = matrix.shape as [number, number]
      const gram = (
        rows <= columns ? matrix.matmul(matrix.transpose()) : matrix.transpose().matmul(matrix)
      ).toArraySync()
      ;(gram as number[][]).forEach((row, i) => {
        row.forEach((value, j) => {
          expect(value).toBeCloseTo(i === j ? 4 : 0, 5)
        })
      })
    },
  )

  test('rotations and reflections are equally likely', () => {
    const determinants = Array.from({ length: 60 }, (_, seed) => {
      const [a, b, c, d] = orthogonal([2, 2], { key: key(seed) }).dataSync()
      return Math.sign(a! * d! - b! * c!)
    })
    // Four standard deviations of the sum of 60 signs: 4 · √60 = 31.
    expect(Math.abs(determinants.reduce((sum, sign) => sum + sign, 0))).toBeLessThan(31)
  })

  test('what is no matrix is an error', () => {
    expect(() => orthogonal([3])).toThrow('orthogonal: a matrix [outputs, inputs, ...]')
  })
})

describe('truncatedNormal', () => {
  test('is the normal distribution between its bounds', () => {
    const draws = [
      ...truncatedNormal([20000], { standardDeviation: 2, mean: 1, low: 0, high: 4, key: key(1) }).dataSync(),
    ]
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...draws)).toBeLessThanOrEqual(4)
    // Φ((1 − 1)/2) − Φ((0 − 1)/2) over Φ((4 − 1)/2) − Φ((0 − 1)/2).
    const share = draws.filter((value) => value < 1).length / draws.length
    expect(Math.abs(share - 0.191462 / (0.933193 - 0.308538))).toBeLessThan(0.015)
  })

  test('in the far tail stays between its bounds', () => {
    const draws = [...truncatedNormal([100], { low: 4, high: 5, key: key(1) }).dataSync()]
    expect(draws.every((value) => value >= 4 && value <= 5)).toBe(true)
  })

  test('arguments out of range are errors', () => {
    expect(() => truncatedNormal([2], { low: 1, high: 1 })).toThrow(
      'truncatedNormal: standardDeviation is 1, low 1, high 1',
    )
  })
})
