import { expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import { expectTensor } from '../../test/closeness.ts'
import { lerp } from './lerp.ts'

it('goes from start to end, and beyond', () => {
  expectTensor(lerp(tensor([0, 10]), tensor([10, 20]), 0.3), [2], [3, 13])
  expectTensor(lerp(tensor([1]), tensor([3]), tensor([[0], [1], [2]])), [3, 1], [1, 3, 5])
  expect(() => lerp(tensor([1, 2]), tensor([1, 2, 3]), 0)).toThrow('cannot broadcast')
})
