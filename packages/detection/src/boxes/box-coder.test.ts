import { checkGradients } from '@neurite/autograd'
import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryBox, boxTensor } from '../test/arbitrary-boxes.ts'
import { expectNear } from '../test/expect-near.ts'
import { decodeBoxes, encodeBoxes } from './box-coder.ts'

const weights = [10, 10, 5, 5] as const

it('decodes what it encodes', () => {
  const pairs = fc.array(fc.tuple(arbitraryBox, arbitraryBox), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(pairs, fc.constantFrom(undefined, weights), (pairs, weights) => {
      const [boxes, proposals] = [0, 1].map((i) => pairs.flatMap((pair) => pair[i]!)) as [number[], number[]]
      const options = weights && { weights }
      const displacements = encodeBoxes(boxTensor(boxes), boxTensor(proposals), options)
      expectNear(decodeBoxes(displacements, boxTensor(proposals), options).dataSync(), boxes, 1e-6)
    }),
  )
})

it('is the formula of the paper', () => {
  // From centre (2, 1), size (4, 2) to centre (5, 3), size (8, 1).
  const displacements = encodeBoxes(tensor([[1, 2.5, 9, 3.5]]), tensor([[0, 0, 4, 2]]) as Tensor)
  expectNear(displacements.dataSync(), [3 / 4, 2 / 2, Math.log(2), Math.log(0.5)], 1e-6)
})

it('limits growth to 62.5 times, and broadcasts proposals', () => {
  const displacements: Tensor = tensor([
    [
      [0, 0, 100, 100],
      [1, 0, 0, 0],
    ],
  ])
  const decoded = decodeBoxes(displacements, tensor([[[0, 0, 2, 2]]]) as Tensor)
  expectNear(decoded.dataSync(), [-61.5, -61.5, 63.5, 63.5, 2, 0, 4, 2], 1e-4)
})

it('has the gradients of finite differences', async () => {
  const boxes: Tensor = tensor([[1.2, 2.5, 9.1, 3.7]])
  const proposals: Tensor = tensor([[0.3, 0.1, 4.2, 2.3]])
  await checkGradients(encodeBoxes(boxes, proposals, { weights }).square().sum(), [boxes, proposals])
  const displacements: Tensor = tensor([[0.2, -0.4, 0.5, 0.9]])
  await checkGradients(decodeBoxes(displacements, proposals, { weights }).square().sum(), [displacements, proposals])
})

it('says what boxes must be', () => {
  const wrong: Tensor = tensor([1, 2])
  expect(() => encodeBoxes(wrong, wrong)).toThrow('encodeBoxes: boxes must be [..., 4], four numbers a box; got [2].')
})
