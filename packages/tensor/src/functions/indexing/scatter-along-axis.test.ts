import { expect, it } from 'vitest'
import { zeros } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { scatterAddAlongAxis, scatterAlongAxis } from './scatter-along-axis.ts'

const x: Tensor = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const indices: Tensor = tensor(
  [
    [2, 0],
    [1, 1],
  ],
  { dtype: 'int32' },
)
const updates: Tensor = tensor([
  [10, 20],
  [30, 40],
])

it('adds updates at their places', () => {
  expectTensor(scatterAddAlongAxis(x, { indices, updates, axis: 1 }), [2, 3], [21, 2, 13, 4, 75, 6])
})

it('replaces elements by updates', () => {
  const distinct: Tensor = tensor([[1, 0, 1]], { dtype: 'int32' })
  expectTensor(
    scatterAlongAxis(x, { indices: distinct, updates: tensor([[7, 8, 0]]), axis: 0 }),
    [2, 3],
    [1, 8, 3, 7, 5, 0],
  )
})

it('checks shapes and indices', () => {
  expect(() => scatterAddAlongAxis(x, { indices, updates: zeros([2, 3]), axis: 1 })).toThrow(
    'scatterAddAlongAxis: indices [2, 2] and updates [2, 3] need one shape.',
  )
  const outside: Tensor = tensor([[3]], { dtype: 'int32' })
  expect(() => scatterAlongAxis(x, { indices: outside, updates: tensor([[1]]), axis: 1 }).dataSync()).toThrow(
    'out of range',
  )
})
