import { expect, it } from 'vitest'
import { zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { scatterAdd } from './scatter-add.ts'

it('scatterAdd adds up what goes to one place', () => {
  const updates: Tensor = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ])
  const rows = tensor([2, 0, 2], { dtype: 'int32' })
  expectTensor(scatterAdd(updates, rows, { axis: 0, size: 4 }), [4, 2], [3, 4, 0, 0, 6, 8, 0, 0])
  const columns = tensor([1, 1], { dtype: 'int32' })
  expectTensor(scatterAdd(updates, columns, { axis: -1, size: 3 }), [3, 3], [0, 3, 0, 0, 7, 0, 0, 11, 0])
})

it('scatterAdd is the adjoint of take: ⟨take x, y⟩ = ⟨x, scatterAdd y⟩', () => {
  const x: Tensor = tensor([
    [1, -2, 3],
    [0.5, 4, -1],
  ])
  const indices = tensor(
    [
      [0, 2],
      [2, 1],
    ],
    { dtype: 'int32' },
  )
  const y: Tensor = tensor([0.1, 0.2, 0.3, 0.4, -0.5, 0.6, 0.7, 0.8], { shape: [2, 2, 2] })
  const left = x.take(indices, 1).multiply(y).sum()
  const right = x.multiply(scatterAdd(y, indices, { axis: 1, size: 3 })).sum()
  expect(left.itemSync()).toBeCloseTo(right.itemSync(), 5)
})

it('scatterAdd takes integer indices only', () => {
  expect(() => scatterAdd(zeros([2]), zeros([2]), { axis: 0, size: 3 })).toThrow(
    'scatterAdd: indices must be integers, not float32.',
  )
})
