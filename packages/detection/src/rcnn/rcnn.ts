import { type InitializerOptions, Linear, type Module } from '@neurite/layers'
import type { Tensor } from '@neurite/tensor'
import { layerOptions, startForRelu, startSmall } from '../networks/initial-weights.ts'
import { type WarpOptions, warpRegions } from './warp-regions.ts'

export interface RCNNOptions extends InitializerOptions, WarpOptions {
  /** From warped regions [R, 3, size, size] to the features of the last convolution, [R, …]: what boxes are regressed on. */
  readonly pool5: Module
  /** Numbers of a region after `pool5`. */
  readonly pool5Features: number
  /** Classes without the background. */
  readonly classes: number
  /** Numbers of a region after the hidden layer: what support vector machines look at. The paper's nets have 4096. Default 128. */
  readonly hiddenFeatures?: number
}

/** Features of regions: those that classes are told by [R, F], and those that boxes are regressed on [R, P]. */
export interface RegionFeatures {
  readonly hidden: Tensor
  readonly pool5: Tensor
}

/**
 * The net of R-CNN (Girshick et al. 2014): it looks at one region at a time, warped to a square.
 *
 * `RCNNTrainer` tunes it to the classes by a softmax that is not used any more after that, `fitRCNN` puts support vector machines and box regressors on it.
 */
export class RCNN {
  readonly pool5: Module
  readonly fc: Linear
  readonly scores: Linear
  readonly classes: number
  readonly warping: Required<WarpOptions>

  constructor(options: RCNNOptions) {
    const { pool5, pool5Features, classes, size, context = 0, hiddenFeatures = 128, key } = options
    this.pool5 = pool5
    this.classes = classes
    this.warping = { size, context }
    this.fc = startForRelu(new Linear(pool5Features, hiddenFeatures), layerOptions(key, 0))
    this.scores = startSmall(new Linear(hiddenFeatures, classes + 1), 0.01, layerOptions(key, 1))
  }

  /** Features of regions [N, R, 4] of images [N, 3, H, W]. */
  features(images: Tensor, regions: Tensor): RegionFeatures {
    const pool5: Tensor = this.pool5.forward(warpRegions(images, regions, this.warping)).flatten(1)
    const hidden: Tensor = this.fc.forward(pool5)
    return { hidden: hidden.relu(), pool5 }
  }

  /** Scores before the softmax [N · R, K + 1], the background first. */
  classify(images: Tensor, regions: Tensor): Tensor {
    return this.scores.forward(this.features(images, regions).hidden)
  }
}
