import { expect, it } from 'vitest'
import { ones } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { tril, triu } from './triangle.ts'

it('keeps one side of a diagonal', () => {
  expectTensor(tril(ones([2, 3])), [2, 3], [1, 0, 0, 1, 1, 0])
  expectTensor(tril(ones([2, 3]), { diagonal: 1 }), [2, 3], [1, 1, 0, 1, 1, 1])
  expectTensor(triu(ones([3, 2]), { diagonal: -1 }), [3, 2], [1, 1, 1, 1, 0, 1])
  expectTensor(triu(ones([2, 2, 2])), [2, 2, 2], [1, 1, 0, 1, 1, 1, 0, 1])
})

it('keeps the dtype', () => {
  const flags: Tensor = tensor([[true, true]])
  expect(triu(flags, { diagonal: 1 }).dtype).toBe('bool')
  expect(() => tril(tensor([1, 2]))).toThrow('tril: takes matrices [..., M, N], not [2].')
})
