import { expect, it } from 'vitest'
import { arange } from '../../create.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { chunk, unstack } from './chunk.ts'

it('makes parts of one size, the last of what is left', () => {
  expect(chunk(arange({ stop: 7 }), 3, 0).map((part) => [...(part as Tensor).dataSync()])).toEqual([
    [0, 1, 2],
    [3, 4, 5],
    [6],
  ])
  // As PyTorch: of 5 elements in 4 parts each has 2, so there are only 3.
  expect(chunk(arange({ stop: 5 }), 4, 0).map((part) => (part as Tensor).shape)).toEqual([[2], [2], [1]])
  expect(() => chunk(arange({ stop: 5 }), 0, 0)).toThrow('chunk: 0 parts of [5]; the count must be a positive integer.')
})

it('unstack takes an axis apart', () => {
  const rows = unstack(arange({ stop: 6 }).reshape([3, 2]), 0)
  expect(rows.length).toBe(3)
  expectTensor(rows[1]!, [2], [2, 3])
})
