import { expect, it } from 'vitest'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { prelu } from './prelu.ts'

const x: Tensor = tensor([-1, 2, -3, 4, -5, 6], { shape: [1, 3, 2] })

it('has one slope, or one per channel', () => {
  expectTensor(prelu(x, tensor([0.5])), [1, 3, 2], [-0.5, 2, -1.5, 4, -2.5, 6])
  expectTensor(prelu(x, tensor([1, 2, 3])), [1, 3, 2], [-1, 2, -6, 4, -15, 6])
  expectTensor(prelu(tensor([-2, 2]), tensor([0.25])), [2], [-0.5, 2])
  expect(() => prelu(x, tensor([1, 2]))).toThrow('prelu: slope [2] does not fit [1, 3, 2]')
})
