import '@neurite/backend-cpu/install'
import { parameters } from '@neurite/layers'
import { Adam } from '@neurite/optimizers'
import { installEvaluator, key, referenceEvaluator, type Tensor, zeros } from '@neurite/tensor'
import { afterAll, describe, expect, it } from 'vitest'
import { meanAveragePrecision } from '../evaluation/mean-average-precision.ts'
import { imageTensor } from '../images/colour-image.ts'
import { FasterRCNNDetector, FastRCNNDetector } from '../networks/detectors.ts'
import { FastRCNN } from '../networks/fast-rcnn.ts'
import { FasterRCNN } from '../networks/faster-rcnn.ts'
import { smallBackbone } from '../networks/small-backbone.ts'
import { fitRCNN } from '../rcnn/fit-rcnn.ts'
import { RCNN } from '../rcnn/rcnn.ts'
import { RCNNTrainer } from '../rcnn/rcnn-trainer.ts'
import { drawScenes } from '../scenes/draw-scenes.ts'
import { selectiveSearch } from '../selective-search/selective-search.ts'
import { FastRCNNTrainer } from './fast-rcnn-trainer.ts'
import { FasterRCNNTrainer } from './faster-rcnn-trainer.ts'

afterAll(() => installEvaluator(referenceEvaluator))

// Few scenes, which the nets learn by heart: whatever is wrong in targets, losses or gradients stands in the way.
const scenes = drawScenes({ count: 6, seed: 5, size: 32, mostShapes: 2, noise: 2 })
const images: Tensor = imageTensor(scenes)
const proposals = scenes.map((scene) => selectiveSearch(scene, { scales: [50], minimumSize: 10 }))
const steps = 60
// Other things may keep the machine busy.
const patience = 60_000

describe.each(['align', 'max'] as const)('Fast R-CNN with pooling %s', (pooling) => {
  it(
    'learns scenes by heart',
    async () => {
      const model = new FastRCNN({
        backbone: smallBackbone({ key: key(1) }),
        classes: 3,
        poolSize: 3,
        pooling,
        key: key(2),
      })
      const optimizer = new Adam(parameters(model), { learningRate: 3e-3 })
      const trainer = new FastRCNNTrainer(model, { optimizer, regions: { count: 16, positiveFraction: 0.5 } })
      for (let step = 0; step < steps; step++) trainer.step(images, scenes, proposals)
      const found = await new FastRCNNDetector(model).detect(images, proposals)
      expect(meanAveragePrecision(found, scenes).mean).toBeGreaterThan(0.9)
      await expect(new FastRCNNDetector(model).detect(images, [])).rejects.toThrow(
        'detect: images [6, 3, 32, 32] need as many lists of proposals; got 0.',
      )
    },
    patience,
  )
})

it(
  'Faster R-CNN learns scenes by heart',
  async () => {
    const model = new FasterRCNN({
      backbone: smallBackbone({ key: key(3) }),
      classes: 3,
      poolSize: 3,
      anchorScales: [8, 13],
      anchorRatios: [1],
      key: key(4),
    })
    const optimizer = new Adam(parameters(model), { learningRate: 3e-3 })
    const trainer = new FasterRCNNTrainer(model, {
      optimizer,
      anchors: { count: 32, foreground: 0.6 },
      proposals: { before: 64, after: 24 },
      regions: { count: 16, positiveFraction: 0.5 },
    })
    const losses: number[] = []
    for (let step = 0; step < 2 * steps; step++) {
      const { proposals, regions } = await trainer.step(images, scenes)
      losses.push((await proposals.classification.item()) + (await regions.classification.item()))
    }
    const found = await new FasterRCNNDetector(model, { after: 24 }).detect(images)
    expect(meanAveragePrecision(found, scenes).mean).toBeGreaterThan(0.9)
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 4)
    await expect(trainer.step(zeros([1, 3, 32, 32]), scenes)).rejects.toThrow(
      'step: images [1, 3, 32, 32] need as many truths; got 6.',
    )
  },
  patience,
)

it(
  'R-CNN learns scenes by heart',
  async () => {
    const { features, channels } = smallBackbone({ key: key(5) })
    const model = new RCNN({
      pool5: features,
      pool5Features: channels * 16,
      classes: 3,
      size: 16,
      context: 1,
      key: key(6),
    })
    const optimizer = new Adam(parameters(model), { learningRate: 3e-3 })
    const trainer = new RCNNTrainer(model, { optimizer, regions: { count: 16, positiveFraction: 0.5 } })
    let loss = 0
    for (let step = 0; step < steps; step++) loss = await trainer.step(images, scenes, proposals).item()
    expect(loss).toBeLessThan(0.2)
    const detector = await fitRCNN(model, images, scenes, proposals, { lambda: 10, cost: 0.1 })
    const found = await detector.detect(images, proposals)
    expect(meanAveragePrecision(found, scenes).mean).toBeGreaterThan(0.9)
    const discs = scenes.map(({ boxes }) => ({
      boxes,
      classes: Array.from(boxes)
        .slice(0, boxes.length / 4)
        .fill(1),
    }))
    await expect(fitRCNN(model, images, discs, proposals)).rejects.toThrow('fitRCNN: no image has anything of class 2.')
  },
  patience,
)
