import { expect, it } from 'vitest'
import { arange } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { diagonal, trace } from './diagonal.ts'

const x: Tensor = arange({ stop: 12 }).reshape([3, 4])

it('is the main diagonal or another', () => {
  expectTensor(diagonal(x), [3], [0, 5, 10])
  expectTensor(diagonal(x, { offset: 2 }), [2], [2, 7])
  expectTensor(diagonal(x, { offset: -1 }), [2], [4, 9])
  expectTensor(diagonal(x, { offset: 9 }), [0], [])
})

it('is taken of every matrix, along any axes', () => {
  const batch: Tensor = arange({ stop: 8 }).reshape([2, 2, 2])
  expectTensor(diagonal(batch), [2, 2], [0, 3, 4, 7])
  expectTensor(diagonal(batch, { axes: [0, 1] }), [2, 2], [0, 6, 1, 7])
  expectTensor(trace(batch), [2], [3, 11])
  expect(() => diagonal(tensor([1, 2]))).toThrow('diagonal: takes matrices, not [2].')
})
