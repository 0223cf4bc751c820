import { expect, it } from 'vitest'
import { arange, zeros } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { roll } from './roll.ts'

const x: Tensor = tensor([
  [1, 2, 3],
  [4, 5, 6],
])

it('moves along axes, or row-major through all', () => {
  expectTensor(roll(x, 1, 1), [2, 3], [3, 1, 2, 6, 4, 5])
  expectTensor(roll(x, [1, -1], [0, 1]), [2, 3], [5, 6, 4, 2, 3, 1])
  expectTensor(roll(x, 2), [2, 3], [5, 6, 1, 2, 3, 4])
})

it('goes round as often as asked', () => {
  expectTensor(roll(arange({ stop: 3 }), 7, 0), [3], [2, 0, 1])
  expectTensor(roll(arange({ stop: 3 }), -7, 0), [3], [1, 2, 0])
  expectTensor(roll(zeros([0]), 5, 0), [0], [])
})

it('wants a shift for each axis', () => {
  expect(() => roll(x, [1, 2], [0])).toThrow('roll: shifts [1, 2] do not fit axes [0]: one for each axis.')
  expect(() => roll(x, [1, 2])).toThrow('roll: shifts [1, 2] without axes.')
  expect(() => roll(x, 0.5, 0)).toThrow('roll: shift 0.5 is not an integer.')
})
