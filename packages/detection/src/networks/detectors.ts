// Trained nets that find things: their compiled halves, and what is chosen between them.

import { compile } from '@neurite/compiler'
import { ShapeError, showShape, type Tensor } from '@neurite/tensor'
import type { BoxArray } from '../boxes/box-array.ts'
import type { ImageSize } from '../boxes/clip-boxes.ts'
import { classifiedRegions } from './classified-regions.ts'
import { type DetectionOptions, type Detections, selectDetections } from './detections.ts'
import type { FastRCNN } from './fast-rcnn.ts'
import type { FasterRCNN } from './faster-rcnn.ts'
import { paddedCount, regionBatch } from './region-batch.ts'
import { type ProposalOptions, selectProposals } from './select-proposals.ts'

/** A Fast R-CNN in use. */
export class FastRCNNDetector {
  readonly #features: (images: Tensor) => Tensor
  readonly #classify: RegionClassifier

  constructor(model: FastRCNN) {
    this.#features = compile((images: Tensor) => model.features(images))
    this.#classify = regionClassifier(model)
  }

  /**
   * What there is in each image [N, 3, H, W], among the regions proposed for it.
   * @throws ShapeError unless there are proposals for each image.
   */
  async detect(images: Tensor, proposals: readonly BoxArray[], options: DetectionOptions = {}): Promise<Detections[]> {
    if (proposals.length !== images.shape[0])
      throw new ShapeError(
        `detect: images ${showShape(images.shape)} need as many lists of proposals; got ${proposals.length}.`,
      )
    return this.#classify(this.#features(images), proposals, sizeOf(images), options)
  }
}

/** A Faster R-CNN in use. */
export class FasterRCNNDetector {
  readonly #proposals: ProposalOptions
  readonly #propose: RegionProposer
  readonly #classify: RegionClassifier

  constructor(model: FasterRCNN, proposals: ProposalOptions = {}) {
    this.#proposals = proposals
    this.#propose = regionProposer(model)
    this.#classify = regionClassifier(model)
  }

  /** What there is in each image [N, 3, H, W]. */
  async detect(images: Tensor, options: DetectionOptions = {}): Promise<Detections[]> {
    const { features, proposals } = await this.#propose(images, this.#proposals)
    return this.#classify(features, proposals, sizeOf(images), options)
  }
}

type RegionProposer = (
  images: Tensor,
  options?: ProposalOptions,
) => Promise<{ readonly features: Tensor; readonly proposals: Float32Array[] }>

/** From images to their feature maps and proposals, compiled up to the choice among boxes. */
export function regionProposer(model: FasterRCNN): RegionProposer {
  const propose = compile((images: Tensor) => {
    const features = model.features(images)
    const { objectness, boxes } = model.propose(features, sizeOf(images))
    return { features, objectness, boxes }
  })
  return async (images, options) => {
    const { features, ...proposed } = propose(images)
    const [scores, boxes] = await Promise.all([proposed.objectness.data(), proposed.boxes.data()])
    const anchors = scores.length / images.shape[0]
    const proposals = Array.from({ length: images.shape[0] }, (_, n) =>
      selectProposals(
        boxes.subarray(4 * n * anchors, 4 * (n + 1) * anchors),
        scores.subarray(n * anchors, (n + 1) * anchors),
        options,
      ),
    )
    return { features, proposals }
  }
}

type RegionClassifier = (
  features: Tensor,
  proposals: readonly BoxArray[],
  size: ImageSize,
  options: DetectionOptions,
) => Promise<Detections[]>

function regionClassifier(model: FastRCNN): RegionClassifier {
  const classify = compile((features: Tensor, regions: Tensor, height: number, width: number) =>
    classifiedRegions(model, features, regions, [height, width]),
  )
  return async (features, proposals, [height, width], options) => {
    const count = paddedCount(Math.max(...proposals.map((boxes) => boxes.length / 4)))
    const answers = classify(features, regionBatch(proposals, count), height, width)
    const [probabilities, boxes] = await Promise.all([answers.probabilities.data(), answers.boxes.data()])
    const { classes } = model
    return proposals.map((regions, n) => {
      const [from, to] = [n * count, n * count + regions.length / 4]
      return selectDetections(
        probabilities.subarray(from * (classes + 1), to * (classes + 1)),
        boxes.subarray(4 * from * classes, 4 * to * classes),
        classes,
        options,
      )
    })
  }
}

function sizeOf(images: Tensor): ImageSize {
  return [images.shape[2], images.shape[3]]
}
