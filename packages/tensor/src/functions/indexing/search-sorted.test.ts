import fc from 'fast-check'
import { expect, it } from 'vitest'
import { zeros } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { searchSorted } from './search-sorted.ts'

const numbers = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 40 })

it.each([false, true])('counts the boundaries below (right: %s)', (right) => {
  fc.assert(
    fc.property(numbers, numbers, (boundaries, elements) => {
      const sorted = [...boundaries].sort((a, b) => a - b)
      const found = searchSorted(tensor(Float32Array.from(sorted)), tensor(Float32Array.from(elements)), { right })
      const isBelow = (boundary: number, x: number): boolean => (right ? boundary <= x : boundary < x)
      expect([...found.dataSync()]).toEqual(
        elements.map((x) => sorted.filter((boundary) => isBelow(boundary, x)).length),
      )
    }),
  )
})

it('puts NaN behind all', () => {
  expect([...searchSorted(tensor([1, 2]), tensor([Number.NaN])).dataSync()]).toEqual([2])
  const matrix: Tensor = zeros([2, 2])
  expect(() => searchSorted(matrix, tensor([1]))).toThrow('searchSorted: boundaries must be a vector, not [2, 2].')
})
