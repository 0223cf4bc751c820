import type { Tensor } from '@neurite/tensor'
import { decodeBoxes } from '../boxes/box-coder.ts'
import { clipBoxesToImage, type ImageSize } from '../boxes/clip-boxes.ts'
import { headWeights } from '../losses/region-loss.ts'
import type { FastRCNN } from './fast-rcnn.ts'

/** What a head says of regions, as probabilities and boxes. */
export interface ClassifiedRegions {
  /** [N · R, K + 1], the background first. */
  readonly probabilities: Tensor
  /** Of each class, inside of the image: [N · R, K, 4]. */
  readonly boxes: Tensor
}

/** Probabilities and boxes of regions [N, R, 4] of images of a size, whose feature maps are given. */
export function classifiedRegions(
  model: FastRCNN,
  features: Tensor,
  regions: Tensor,
  size: ImageSize,
): ClassifiedRegions {
  const { scores, displacements } = model.classify(features, regions)
  const boxes = decodeBoxes(displacements, regions.reshape([-1, 1, 4]), { weights: headWeights })
  return { probabilities: scores.softmax(-1), boxes: clipBoxesToImage(boxes, size) }
}
