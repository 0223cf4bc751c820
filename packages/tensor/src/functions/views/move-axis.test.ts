import { expect, it } from 'vitest'
import { arange, zeros } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { moveAxis, rotate90, unflatten } from './move-axis.ts'

const x: Tensor = zeros([2, 3, 4])

it('moves axes and keeps the order of the others', () => {
  expect(moveAxis(x, 0, 2).shape).toEqual([3, 4, 2])
  expect(moveAxis(x, [0, 1], [-1, -2]).shape).toEqual([4, 3, 2])
  expect(() => moveAxis(x, [0, 1], 2)).toThrow('moveAxis: [0, 1] cannot move to [2]: one position for each axis.')
})

it('turns by quarters', () => {
  const square: Tensor = tensor([
    [1, 2],
    [3, 4],
  ])
  expectTensor(rotate90(square), [2, 2], [2, 4, 1, 3])
  expectTensor(rotate90(square, 2), [2, 2], [4, 3, 2, 1])
  expectTensor(rotate90(square, -1), [2, 2], [3, 1, 4, 2])
  expectTensor(rotate90(rotate90(square, 3)), [2, 2], [1, 2, 3, 4])
  expect(() => rotate90(square, 0.5)).toThrow('rotate90: 0.5 is not a whole number of quarter turns.')
})

it('takes an axis apart', () => {
  expect(unflatten(x, 2, [2, -1]).shape).toEqual([2, 3, 2, 2])
  expectTensor(unflatten(arange({ stop: 4 }), 0, [2, 2]), [2, 2], [0, 1, 2, 3])
  expect(() => unflatten(x, 2, [3, 2])).toThrow('unflatten: axis 2 of [2, 3, 4] has size 4, not [3, 2].')
})
