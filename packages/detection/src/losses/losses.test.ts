import { checkGradients } from '@neurite/autograd'
import { type Tensor, tensor } from '@neurite/tensor'
import { expect, it } from 'vitest'
import { regionLoss } from './region-loss.ts'
import { regionProposalLoss } from './region-proposal-loss.ts'

const smoothL1 = (z: number): number => (Math.abs(z) < 1 ? 0.5 * z * z : Math.abs(z) - 0.5)

it('regionProposalLoss is eq. 1 of Faster R-CNN', async () => {
  const anchors: Tensor = tensor([
    [0, 0, 4, 4],
    [4, 0, 8, 4],
    [0, 4, 4, 8],
  ])
  const objectness: Tensor = tensor([[2, -1, 5]])
  const displacements: Tensor = tensor([
    [
      [0.1, 0.2, 2, 0],
      [9, 9, 9, 9],
      [7, 7, 7, 7],
    ],
  ])
  const targets = {
    labels: tensor([[1, 0, -1]], { dtype: 'int32' }) as Tensor,
    // From centre (2, 2), size 4 × 4, to centre (3, 2), size 4 × 8: (0.25, 0, 0, ln 2).
    boxes: tensor([
      [
        [1, -2, 5, 6],
        [4, 0, 8, 4],
        [0, 4, 4, 8],
      ],
    ]) as Tensor,
  }
  const { classification, localization } = regionProposalLoss({ objectness, displacements }, targets, anchors, 1)
  const crossEntropy = (Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.exp(-1))) / 2
  expect(await classification.item()).toBeCloseTo(crossEntropy, 5)
  const distance = smoothL1(0.1 - 0.25) + smoothL1(0.2) + smoothL1(2) + smoothL1(-Math.log(2))
  expect(await localization.item()).toBeCloseTo((10 / 3) * distance, 4)
  const loss = classification.add(localization)
  await checkGradients(loss, [objectness, displacements])
  expect(() => regionProposalLoss({ objectness, displacements: objectness }, targets, anchors, 1)).toThrow(
    'regionProposalLoss: displacements must be [1, 3, 4], 4 for each score; got [1, 3].',
  )
})

it('regionLoss is eq. 1 of Fast R-CNN', async () => {
  const scores: Tensor = tensor([
    [1, 2, 0],
    [0, 0, 3],
    [1, 0, 0],
    [5, 5, 5],
  ])
  const displacements: Tensor = tensor(
    Float64Array.from({ length: 32 }, (_, i) => Math.sin(i)),
    { shape: [4, 2, 4] },
  )
  const regions = [
    [0, 0, 4, 4],
    [0, 0, 4, 4],
    [1, 1, 3, 3],
    [0, 0, 1, 1],
  ]
  const targets = {
    regions: tensor(regions) as Tensor,
    classes: tensor([1, 2, 0, -1], { dtype: 'int32' }) as Tensor,
    boxes: tensor([[1, -2, 5, 6], [0, 0, 4, 4], ...regions.slice(2)]) as Tensor,
  }
  const { classification, localization } = regionLoss({ scores, displacements }, targets, { balance: 2 })
  const negativeLog = (row: number[], u: number): number =>
    Math.log(row.reduce((sum, score) => sum + Math.exp(score), 0)) - row[u]!
  const entropies = [negativeLog([1, 2, 0], 1), negativeLog([0, 0, 3], 2), negativeLog([1, 0, 0], 0)]
  expect(await classification.item()).toBeCloseTo(entropies.reduce((sum, value) => sum + value) / 3, 5)
  // Class 1 of the first region has displacements 0 to 3, class 2 of the second 12 to 15.
  const wanted = [2.5, 0, 0, 5 * Math.log(2), 0, 0, 0, 0]
  const distances = [0, 1, 2, 3, 12, 13, 14, 15].map((i, k) => smoothL1(Math.sin(i) - wanted[k]!))
  const sum = distances.reduce((sum, value) => sum + value)
  expect(await localization.item()).toBeCloseTo((2 * sum) / 3, 4)
  await checkGradients(classification.add(localization), [scores, displacements])
})
