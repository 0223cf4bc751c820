import { expect, it } from 'vitest'
import { zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { where } from './where.ts'

it('where chooses element by element, broadcast and promoted', () => {
  const condition = tensor([[true], [false]])
  const chosen = where(condition, tensor([1, 2], { dtype: 'int32' }), 0.5)
  expect(chosen.dtype).toBe('float32')
  expectTensor(chosen, [2, 2], [1, 2, 0.5, 0.5])
  expect(where(condition, zeros([2], 'int32'), 7).dtype).toBe('int32')
})

it('where takes any condition that is not 0', () => {
  expectTensor(where(tensor([0, -2]), 1, 9), [2], [9, 1])
})

it('where refuses shapes that do not fit', () => {
  const condition: Tensor = zeros([2], 'bool')
  expect(() => where(condition, zeros([3]), 0)).toThrow('where: cannot broadcast 2 with 3')
})
