import { expect, it } from 'vitest'
import { zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { outer } from './outer.ts'

it('multiplies each with each', () => {
  expectTensor(outer(tensor([1, 2]), tensor([3, 4, 5])), [2, 3], [3, 4, 5, 6, 8, 10])
  const matrix: Tensor = zeros([2, 2])
  expect(() => outer(matrix, tensor([1]))).toThrow('outer: takes two vectors, not [2, 2] and [1].')
})
