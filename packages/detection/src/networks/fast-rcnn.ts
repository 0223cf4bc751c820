import type { InitializerOptions, Module } from '@neurite/layers'
import type { Tensor } from '@neurite/tensor'
import type { RegionPredictions } from '../losses/region-loss.ts'
import { roiAlign } from '../regions/roi-align.ts'
import { roiPool } from '../regions/roi-pool.ts'
import type { Backbone } from './backbone.ts'
import { DetectionHead } from './detection-head.ts'
import { layerOptions } from './initial-weights.ts'

export interface FastRCNNOptions extends InitializerOptions {
  readonly backbone: Backbone
  /** Classes without the background. */
  readonly classes: number
  /** Bins of a region along each axis. Default 7. */
  readonly poolSize?: number
  /** How regions are pooled: 'align' (default) samples between cells, 'max' is the paper's RoI pooling. */
  readonly pooling?: 'align' | 'max'
  /** Features of the head's hidden layers. Default 128. */
  readonly hiddenFeatures?: number
}

/**
 * Fast R-CNN (Girshick 2015): features of a whole image once, pooled for each region that somebody proposes (selective search, say), then a head
 * that says its class and its box.
 */
export class FastRCNN {
  readonly backbone: Module
  readonly head: DetectionHead
  readonly classes: number
  readonly stride: number
  readonly poolSize: number
  readonly pooling: 'align' | 'max'

  constructor({ backbone, classes, poolSize = 7, pooling = 'align', hiddenFeatures, key }: FastRCNNOptions) {
    this.backbone = backbone.features
    this.stride = backbone.stride
    this.classes = classes
    this.poolSize = poolSize
    this.pooling = pooling
    this.head = new DetectionHead({
      inFeatures: backbone.channels * poolSize ** 2,
      classes,
      ...(hiddenFeatures !== undefined && { hiddenFeatures }),
      ...layerOptions(key, 0),
    })
  }

  /** Feature maps [N, C, H, W] of images [N, 3, height, width]. */
  features(images: Tensor): Tensor {
    return this.backbone.forward(images)
  }

  /** What the head says of regions [N, R, 4], in pixels: scores [N · R, K + 1], displacements [N · R, K, 4]. */
  classify(features: Tensor, regions: Tensor): RegionPredictions {
    const options = { outputSize: this.poolSize, spatialScale: 1 / this.stride }
    return this.head.forward(
      this.pooling === 'max'
        ? roiPool(features, regions, options)
        : roiAlign(features, regions, { ...options, samplingRatio: 2, aligned: true }),
    )
  }
}
