import { type Tensor, tensor } from '@neurite/tensor'
import { generateAnchors } from '../anchors/anchors.ts'
import { decodeBoxes } from '../boxes/box-coder.ts'
import { clipBoxesToImage, type ImageSize } from '../boxes/clip-boxes.ts'
import type { AnchorPredictions } from '../losses/region-proposal-loss.ts'
import { FastRCNN, type FastRCNNOptions } from './fast-rcnn.ts'
import { layerOptions } from './initial-weights.ts'
import { RegionProposalNetwork } from './region-proposal-network.ts'

export interface FasterRCNNOptions extends FastRCNNOptions {
  /** Square roots of the anchors' areas, in pixels. */
  readonly anchorScales: readonly number[]
  /** Height over width. Default [0.5, 1, 2]. */
  readonly anchorRatios?: readonly number[]
}

/** A region proposal network's answers, and the boxes that they mean. */
export interface ProposedBoxes extends AnchorPredictions {
  /** Inside of the image: [N, A, 4]. */
  readonly boxes: Tensor
}

/** Faster R-CNN (Ren et al. 2015): Fast R-CNN whose regions are proposed by a net on the same feature map. */
export class FasterRCNN extends FastRCNN {
  readonly rpn: RegionProposalNetwork
  readonly anchorScales: readonly number[]
  readonly anchorRatios: readonly number[]

  constructor(options: FasterRCNNOptions) {
    super(options)
    const { anchorScales, anchorRatios = [0.5, 1, 2], backbone, key } = options
    this.anchorScales = anchorScales
    this.anchorRatios = anchorRatios
    this.rpn = new RegionProposalNetwork({
      inChannels: backbone.channels,
      anchors: this.anchorsPerPlace,
      ...layerOptions(key, 1),
    })
  }

  get anchorsPerPlace(): number {
    return this.anchorScales.length * this.anchorRatios.length
  }

  /** The anchors on maps of images of a size, four numbers each. */
  anchors([height, width]: ImageSize): Float32Array {
    return generateAnchors({
      height: Math.floor(height / this.stride),
      width: Math.floor(width / this.stride),
      stride: this.stride,
      scales: this.anchorScales,
      ratios: this.anchorRatios,
    })
  }

  /** Boxes for regions of images of a size, whose feature maps are given. */
  propose(features: Tensor, size: ImageSize): ProposedBoxes {
    const anchors: Tensor = tensor(this.anchors(size)).reshape([1, -1, 4])
    const predictions = this.rpn.forward(features)
    return { ...predictions, boxes: clipBoxesToImage(decodeBoxes(predictions.displacements, anchors), size) }
  }
}
