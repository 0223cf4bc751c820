import { expect, it } from 'vitest'
import { tensor } from '../from-data.ts'
import { expectTensor } from '../test/closeness.ts'
import { glu } from './glu.ts'

it('weighs the first half by the sigmoid of the second', () => {
  const half = 1 / (1 + Math.exp(-1))
  expectTensor(glu(tensor([[2, 4, 0, 1]])), [1, 2], [1, 4 * half])
  expectTensor(glu(tensor([[2], [0]]), 0), [1, 1], [1])
  expect(() => glu(tensor([1, 2, 3]))).toThrow('glu: axis -1 of [3] has 3 elements, which cannot be halved.')
})
