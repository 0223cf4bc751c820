import { expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { repeat, tile } from './tile.ts'

const x: Tensor = tensor([
  [1, 2],
  [3, 4],
])

it('tile repeats the whole', () => {
  expectTensor(tile(x, [2]), [2, 4], [1, 2, 1, 2, 3, 4, 3, 4])
  expectTensor(tile(tensor([1, 2]), [2, 2]), [2, 4], [1, 2, 1, 2, 1, 2, 1, 2])
  expectTensor(tile(x, [0, 1]), [0, 2], [])
  expect(() => tile(x, [-1])).toThrow('tile: counts [-1] must be non-negative integers.')
})

it('repeat repeats the elements', () => {
  expectTensor(repeat(x, 2, 1), [2, 4], [1, 1, 2, 2, 3, 3, 4, 4])
  expectTensor(repeat(x, 2, 0), [4, 2], [1, 2, 1, 2, 3, 4, 3, 4])
  expect(() => repeat(x, 1.5, 0)).toThrow('repeat: counts [1.5]')
})
