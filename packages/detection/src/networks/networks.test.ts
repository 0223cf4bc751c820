import { parameters } from '@neurite/layers'
import { key, type Tensor, tensor, zeros } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { expectNear } from '../test/expect-near.ts'
import { DetectionHead } from './detection-head.ts'
import { selectDetections } from './detections.ts'
import { FasterRCNN } from './faster-rcnn.ts'
import { paddedCount, regionBatch } from './region-batch.ts'
import { RegionProposalNetwork } from './region-proposal-network.ts'
import { selectProposals } from './select-proposals.ts'
import { smallBackbone } from './small-backbone.ts'

describe('RegionProposalNetwork', () => {
  it('answers in the order of the anchors: row by row, of each cell anchor by anchor', () => {
    const net = new RegionProposalNetwork({ inChannels: 2, anchors: 2, key: key(1) })
    // Features that say where they are, through weights that let them pass: 100 · row + 10 · column.
    const places: Tensor = tensor([0, 10, 20, 100, 110, 120]).reshape([1, 1, 2, 3])
    const features: Tensor = places.broadcastTo([1, 2, 2, 3])
    const passing: Tensor = zeros([2, 2, 3, 3])
    const centre: Tensor = tensor([
      [
        [1, 0],
        [0, 1],
      ],
    ])
      .reshape([2, 2, 1, 1])
      .pad({ low: [0, 0, 1, 1], high: [0, 0, 1, 1] })
    net.conv.weight.assign(passing.add(centre) as never)
    net.conv.bias!.assign(zeros([2]))
    net.objectness.weight.assign(tensor([1, 0, 0, 1]).reshape([2, 2, 1, 1]) as never)
    net.objectness.bias!.assign(tensor([1, 2]))
    net.displacements.weight.assign(
      tensor([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]).reshape([2, 8, 1, 1]).transpose(0, 1) as never,
    )
    net.displacements.bias!.assign(tensor([1, 2, 3, 4, 5, 6, 7, 8]))
    const { objectness, displacements } = net.forward(features)
    expect([...objectness.dataSync()]).toEqual([0, 10, 20, 100, 110, 120].flatMap((place) => [place + 1, place + 2]))
    expect(displacements.shape).toEqual([1, 12, 4])
    expect([...displacements.dataSync()].slice(8, 16)).toEqual([11, 12, 13, 14, 15, 16, 17, 18])
  })
})

it('DetectionHead scores the classes and the background, and says little at first', () => {
  const head = new DetectionHead({ inFeatures: 12, classes: 2, hiddenFeatures: 8, key: key(2) })
  const { scores, displacements } = head.forward(
    tensor(new Float32Array(60).fill(1), { shape: [5, 3, 2, 2] }) as Tensor,
  )
  expect(scores.shape).toEqual([5, 3])
  expect(displacements.shape).toEqual([5, 2, 4])
  expect(Math.max(...scores.dataSync().map(Math.abs))).toBeLessThan(0.2)
  expect([...parameters(head).keys()]).toContain('displacements.weight')
})

it('FasterRCNN proposes its anchors at first, cut off at the image', () => {
  const model = new FasterRCNN({
    backbone: smallBackbone({ key: key(3) }),
    classes: 2,
    poolSize: 2,
    anchorScales: [8],
    key: key(4),
  })
  const features: Tensor = model.features(zeros([1, 3, 16, 12]))
  expect(features.shape).toEqual([1, 32, 4, 3])
  model.rpn.displacements.weight.assign(zeros(model.rpn.displacements.weight.shape) as never)
  const { boxes, objectness } = model.propose(features, [16, 12])
  expect(objectness.shape).toEqual([1, 36])
  const clipped = model.anchors([16, 12]).map((edge, i) => Math.min(i % 2 === 0 ? 12 : 16, Math.max(0, edge)))
  expectNear(boxes.dataSync(), clipped, 1e-4)
})

it('selectProposals takes the best boxes that are large enough and do not overlap', () => {
  const boxes = [0, 0, 4, 4, 0, 0, 4, 4.2, 9, 9, 9.5, 20, 10, 10, 14, 14, 20, 20, 24, 24]
  const scores = [1, 2, 9, 0, -1]
  expect([...selectProposals(boxes, scores)]).toEqual([
    ...[0, 0, 4, 4.2].map(Math.fround),
    10,
    10,
    14,
    14,
    20,
    20,
    24,
    24,
  ])
  expect(selectProposals(boxes, scores, { after: 1 }).length).toBe(4)
  expect(selectProposals(boxes, scores, { before: 2 }).length).toBe(4)
  expect(selectProposals(boxes, scores, { minimumSize: 0.5 }).length).toBe(16)
})

it('selectDetections keeps good boxes of each class, best first', () => {
  // Two regions of two classes; both call themselves 2, and their boxes of class 2 overlap.
  const probabilities = [0.1, 0.3, 0.6, 0.02, 0.04, 0.94]
  const boxes = [0, 0, 4, 4, 1, 1, 5, 5, 9, 9, 12, 12, 1, 1, 5, 5.5]
  const found = selectDetections(probabilities, boxes, 2)
  expect([...found.classes]).toEqual([2, 1])
  expectNear(found.scores, [0.94, 0.3], 1e-6)
  expect([...found.boxes]).toEqual([1, 1, 5, 5.5, 0, 0, 4, 4])
  expect(selectDetections(probabilities, boxes, 2, { scoreThreshold: 0.5 }).scores.length).toBe(1)
  expect(selectDetections([], [], 2).scores.length).toBe(0)
})

it('regionBatch cuts lists off and fills them up', () => {
  const batch = regionBatch([[1, 2, 3, 4, 5, 6, 7, 8], []], 1)
  expect([...batch.dataSync()]).toEqual([1, 2, 3, 4, 0, 0, 1, 1])
  expect([0, 1, 3, 64, 65, 200].map(paddedCount)).toEqual([1, 1, 4, 64, 128, 256])
})
