import { expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { maskedFill } from './masked-fill.ts'

const x: Tensor = tensor([
  [1, 2],
  [3, 4],
])

it('fills where the mask is true', () => {
  expectTensor(maskedFill(x, tensor([true, false]), -1), [2, 2], [-1, 2, -1, 4])
  expect(() => maskedFill(tensor([1]), tensor([true, false]), 0)).toThrow('maskedFill: mask [2] is larger than [1].')
  const integers: Tensor = tensor([1, 2], { dtype: 'int32' })
  expect(() => maskedFill(integers, tensor([true]), 0.5)).toThrow('maskedFill: 0.5 is no int32 value.')
})
