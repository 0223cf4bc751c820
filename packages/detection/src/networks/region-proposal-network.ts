import { Conv2d, type InitializerOptions, type Module } from '@neurite/layers'
import type { Tensor } from '@neurite/tensor'
import type { AnchorPredictions } from '../losses/region-proposal-loss.ts'
import { layerOptions, startForRelu, startSmall } from './initial-weights.ts'

export interface RegionProposalNetworkOptions extends InitializerOptions {
  /** Channels of the feature map. */
  readonly inChannels: number
  /** Anchors of each cell. */
  readonly anchors: number
  /** Channels between. Default: as many as the feature map has. */
  readonly hiddenChannels?: number
}

/**
 * A net that slides over a feature map and says of each anchor whether it is an object and how its box differs
 * (Ren et al. 2015, section 3.1): a 3 × 3 convolution with a relu, then two 1 × 1 convolutions.
 *
 * features [N, inChannels, H, W] → scores [N, H · W · anchors] and displacements [N, H · W · anchors, 4], in the order of `generateAnchors`.
 */
export class RegionProposalNetwork implements Module<Tensor, AnchorPredictions> {
  readonly conv: Conv2d
  readonly objectness: Conv2d
  readonly displacements: Conv2d

  constructor({ inChannels, anchors, hiddenChannels = inChannels, key }: RegionProposalNetworkOptions) {
    this.conv = startForRelu(new Conv2d(inChannels, hiddenChannels, 3, { padding: 1 }), layerOptions(key, 0))
    this.objectness = startSmall(new Conv2d(hiddenChannels, anchors, 1), 0.01, layerOptions(key, 1))
    this.displacements = startSmall(new Conv2d(hiddenChannels, 4 * anchors, 1), 0.01, layerOptions(key, 2))
  }

  forward(features: Tensor): AnchorPredictions {
    const hidden: Tensor = (this.conv.forward(features) as Tensor).relu()
    const scores: Tensor = this.objectness.forward(hidden)
    const displacements: Tensor = this.displacements.forward(hidden)
    const [images, anchors, height, width] = scores.shape
    return {
      objectness: scores.permute([0, 2, 3, 1]).reshape([images, height * width * anchors]),
      displacements: displacements.permute([0, 2, 3, 1]).reshape([images, height * width * anchors, 4]),
    }
  }
}
