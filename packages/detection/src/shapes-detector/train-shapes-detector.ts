import { parameters } from '@neurite/layers'
import { Adam, oneCycle, Schedule } from '@neurite/optimizers'
import { foldIn, key } from '@neurite/tensor'
import { type ColourImage, imageTensor } from '../images/colour-image.ts'
import type { DetectionOptions, Detections } from '../networks/detections.ts'
import { FasterRCNNDetector } from '../networks/detectors.ts'
import { FasterRCNN } from '../networks/faster-rcnn.ts'
import { smallBackbone } from '../networks/small-backbone.ts'
import { type DrawScenesOptions, drawScenes } from '../scenes/draw-scenes.ts'
import { shapeNames } from '../scenes/shape-outline.ts'
import { FasterRCNNTrainer } from '../training/faster-rcnn-trainer.ts'

/** How far training has come. */
export interface ShapesTrainingProgress {
  /** Steps taken, of `steps`. */
  readonly step: number
  readonly steps: number
  /** The loss before this step: the sum of the next two. */
  readonly loss: number
  /** Of the region proposal network. */
  readonly proposalLoss: number
  /** Of the head. */
  readonly regionLoss: number
}

export interface TrainShapesDetectorOptions {
  /** Of weights, scenes and choices. Default 0. */
  readonly seed?: number
  /** Default 500. */
  readonly steps?: number
  /** Scenes of a step. Default 8. */
  readonly batchSize?: number
  /** Highest learning rate, of Adam; it rises for a twentieth of the steps and falls to 0. Default 0.003. */
  readonly learningRate?: number
  /** What is drawn: by default 2000 scenes of up to 3 shapes, 64 pixels wide and high, which come again and again. */
  readonly scenes?: Partial<DrawScenesOptions>
  /** Called after every step; training waits for its promise, and ends with what it throws. */
  readonly onStep?: (progress: ShapesTrainingProgress) => void | Promise<void>
}

/** A Faster R-CNN for drawn scenes: it finds discs (class 1), squares (2) and triangles (3). */
export class ShapesDetector {
  readonly model: FasterRCNN
  readonly #detector: FasterRCNNDetector

  constructor(model: FasterRCNN) {
    this.model = model
    this.#detector = new FasterRCNNDetector(model, { before: 128, after: 32 })
  }

  /** What there is in each image; the images have one size. */
  detect(images: readonly ColourImage[], options?: DetectionOptions): Promise<Detections[]> {
    return this.#detector.detect(imageTensor(images), options)
  }
}

/** The net of a `ShapesDetector`, untrained: for weights from a file, or a training of your own. */
export function shapesModel(seed = 0): FasterRCNN {
  const randomKey = key(seed)
  return new FasterRCNN({
    backbone: smallBackbone({ key: foldIn(randomKey, 0) }),
    classes: shapeNames.length,
    poolSize: 4,
    // Shapes are about as high as wide, and 13 to 32 pixels.
    anchorScales: [16, 26],
    anchorRatios: [1],
    key: foldIn(randomKey, 1),
  })
}

/**
 * Trains a small Faster R-CNN on drawn scenes until it finds nearly all of their shapes: less than a minute.
 *
 *     const detector = await trainShapesDetector({ onStep: ({ step, loss }) => console.log(step, loss) })
 *     const [found] = await detector.detect(drawScenes({ count: 1, seed: 1 }))
 */
export async function trainShapesDetector(options: TrainShapesDetectorOptions = {}): Promise<ShapesDetector> {
  const { seed = 0, steps = 500, batchSize = 8, learningRate = 0.003, onStep } = options
  const scenes = drawScenes({ count: 2000, seed, ...options.scenes })
  const model = shapesModel(seed)
  const optimizer = new Adam(parameters(model), { learningRate })
  const schedule = new Schedule(optimizer, oneCycle({ maximum: learningRate, steps, riseShare: 0.05 }))
  const trainer = new FasterRCNNTrainer(model, {
    optimizer,
    seed,
    anchors: { count: 64, foreground: 0.6 },
    proposals: { before: 128, after: 48 },
    regions: { count: 32 },
  })
  for (let step = 0; step < steps; step++) {
    const batch = Array.from({ length: batchSize }, (_, i) => scenes[(step * batchSize + i) % scenes.length]!)
    const { proposals, regions } = await trainer.step(imageTensor(batch), batch)
    const [proposalLoss, regionLoss] = await Promise.all(
      [proposals, regions].map(({ classification, localization }) => classification.add(localization).item()),
    )
    await onStep?.({
      step: step + 1,
      steps,
      loss: proposalLoss! + regionLoss!,
      proposalLoss: proposalLoss!,
      regionLoss: regionLoss!,
    })
    schedule.step()
  }
  return new ShapesDetector(model)
}
