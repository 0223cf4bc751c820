import { type InitializerOptions, Linear, type Module } from '@neurite/layers'
import type { Tensor } from '@neurite/tensor'
import type { RegionPredictions } from '../losses/region-loss.ts'
import { layerOptions, startForRelu, startSmall } from './initial-weights.ts'

export interface DetectionHeadOptions extends InitializerOptions {
  /** Features of a region: channels · height · width after pooling. */
  readonly inFeatures: number
  /** Classes without the background. */
  readonly classes: number
  /** Features of the two hidden layers. The paper's nets have 4096. Default 128. */
  readonly hiddenFeatures?: number
}

/**
 * Fast R-CNN's head (Girshick 2015, section 2): two hidden layers, then scores of K + 1 classes and displacements for each of K.
 *
 * regions [R, C, h, w] → scores [R, K + 1] and displacements [R, K, 4].
 */
export class DetectionHead implements Module<Tensor, RegionPredictions> {
  readonly fc6: Linear
  readonly fc7: Linear
  readonly scores: Linear
  readonly displacements: Linear

  constructor({ inFeatures, classes, hiddenFeatures = 128, key }: DetectionHeadOptions) {
    this.fc6 = startForRelu(new Linear(inFeatures, hiddenFeatures), layerOptions(key, 0))
    this.fc7 = startForRelu(new Linear(hiddenFeatures, hiddenFeatures), layerOptions(key, 1))
    this.scores = startSmall(new Linear(hiddenFeatures, classes + 1), 0.01, layerOptions(key, 2))
    this.displacements = startSmall(new Linear(hiddenFeatures, 4 * classes), 0.001, layerOptions(key, 3))
  }

  forward(regions: Tensor): RegionPredictions {
    const first: Tensor = this.fc6.forward(regions.flatten(1))
    const hidden: Tensor = (this.fc7.forward(first.relu()) as Tensor).relu()
    const displacements: Tensor = this.displacements.forward(hidden)
    return {
      scores: this.scores.forward(hidden),
      displacements: displacements.reshape([regions.shape[0], -1, 4]),
    }
  }
}
