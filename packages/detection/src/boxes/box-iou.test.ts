import { checkGradients } from '@neurite/autograd'
import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryBoxes, boxTensor } from '../test/arbitrary-boxes.ts'
import { expectNear } from '../test/expect-near.ts'
import { overlapOf } from './box-array.ts'
import { boxArea, boxIoU, generalizedBoxIoU } from './box-iou.ts'

const twoLists = fc.tuple(
  arbitraryBoxes({ minLength: 1, maxLength: 6 }),
  arbitraryBoxes({ minLength: 1, maxLength: 6 }),
)

it('gives overlaps of known boxes', () => {
  const a: Tensor = tensor([[0, 0, 4, 4]])
  const b: Tensor = tensor([
    [0, 0, 4, 4],
    [0, 1, 4, 5],
    [2, 2, 6, 6],
    [4, 0, 8, 4],
    [1, 1, 2, 3],
  ])
  expectNear((boxIoU(a, b) as Tensor).dataSync(), [1, 12 / 20, 4 / 28, 0, 2 / 16], 1e-7)
  // Hulls 16, 20, 36, 32, 16.
  expectNear((generalizedBoxIoU(a, b) as Tensor).dataSync(), [1, 12 / 20, 4 / 28 - 8 / 36, 0, 2 / 16], 1e-7)
  expect([...boxArea(b).dataSync()]).toEqual([16, 16, 16, 16, 2])
})

it('is symmetric, 1 for equal boxes, in [0, 1], and not less than the generalized one', () => {
  fc.assert(
    fc.property(twoLists, ([a, b]) => {
      const [n, m] = [a.length / 4, b.length / 4]
      const there = (boxIoU(boxTensor(a), boxTensor(b)) as Tensor).dataSync()
      const back = (boxIoU(boxTensor(b), boxTensor(a)) as Tensor).dataSync()
      const generalized = (generalizedBoxIoU(boxTensor(a), boxTensor(b)) as Tensor).dataSync()
      const own = (boxIoU(boxTensor(a), boxTensor(a)) as Tensor).dataSync()
      for (let i = 0; i < n; i++) {
        expect(own[i * n + i]).toBe(1)
        for (let j = 0; j < m; j++) {
          const iou = there[i * m + j]!
          expect(iou).toBe(back[j * n + i])
          expect(iou).toBe(overlapOf(a, i, b, j))
          expect(iou).toBeGreaterThanOrEqual(0)
          expect(iou).toBeLessThanOrEqual(1)
          expect(generalized[i * m + j]).toBeLessThanOrEqual(iou)
          expect(generalized[i * m + j]).toBeGreaterThan(-1)
        }
      }
    }),
  )
})

it('has the gradients of finite differences', async () => {
  const a: Tensor = tensor([
    [0.1, 0.2, 4.3, 4.4],
    [7.1, 7.3, 8.2, 8.8],
  ])
  const b: Tensor = tensor([
    [1.3, 1.1, 3.9, 6.2],
    [2.5, 0.4, 5.1, 3.3],
  ])
  await checkGradients((boxIoU(a, b) as Tensor).square().sum(), [a, b])
  await checkGradients((generalizedBoxIoU(a, b) as Tensor).square().sum(), [a, b])
})

it('says what boxes must be', () => {
  const wrong: Tensor = tensor([[1, 2, 3]])
  expect(() => boxIoU(wrong, wrong)).toThrow('boxIoU: the first boxes must be [N, 4]; got [1, 3].')
  expect(() => boxArea(wrong)).toThrow('boxArea: boxes must be [..., 4], four numbers a box; got [1, 3].')
})
