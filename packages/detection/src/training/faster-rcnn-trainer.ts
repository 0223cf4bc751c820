import { gradients } from '@neurite/autograd'
import { compile } from '@neurite/compiler'
import { RandomStream } from '@neurite/data'
import { parameters } from '@neurite/layers'
import { type Tensor, tensor } from '@neurite/tensor'
import type { RegionTargetTensors } from '../losses/region-loss.ts'
import {
  type AnchorTargetTensors,
  type DetectionLoss,
  type RegionProposalLossOptions,
  regionProposalLoss,
} from '../losses/region-proposal-loss.ts'
import { regionProposer } from '../networks/detectors.ts'
import type { FasterRCNN } from '../networks/faster-rcnn.ts'
import type { ProposalOptions } from '../networks/select-proposals.ts'
import { type AnchorTargetOptions, anchorTargets } from '../targets/anchor-targets.ts'
import type { GroundTruth } from '../targets/ground-truth.ts'
import { regionTargets } from '../targets/region-targets.ts'
import type { FastRCNNTrainerOptions } from './fast-rcnn-trainer.ts'
import { checkOnePerImage, headLoss, joined, regionTargetTensors } from './training-batch.ts'

export interface FasterRCNNTrainerOptions extends FastRCNNTrainerOptions {
  readonly anchors?: AnchorTargetOptions
  readonly proposals?: ProposalOptions
  readonly regionProposalLoss?: RegionProposalLossOptions
}

/** What a Faster R-CNN's loss is the sum of. */
export interface FasterRCNNLoss {
  readonly proposals: DetectionLoss
  readonly regions: DetectionLoss
}

/**
 * Trains a Faster R-CNN, both nets at once ("approximate joint training", Ren et al. 2015, section 3.2: proposals count as given).
 */
export class FasterRCNNTrainer {
  readonly #model: FasterRCNN
  readonly #options: FasterRCNNTrainerOptions
  readonly #random: RandomStream
  readonly #propose: ReturnType<typeof regionProposer>
  readonly #update: (images: Tensor, anchors: AnchorTargetTensors, regions: RegionTargetTensors) => FasterRCNNLoss

  constructor(model: FasterRCNN, options: FasterRCNNTrainerOptions) {
    this.#model = model
    this.#options = options
    this.#random = new RandomStream(options.seed ?? 0)
    this.#propose = regionProposer(model)
    const trained = parameters(model)
    this.#update = compile((images: Tensor, anchors: AnchorTargetTensors, targets: RegionTargetTensors) => {
      const features = model.features(images)
      const anchorTensor: Tensor = tensor(model.anchors([images.shape[2], images.shape[3]])).reshape([-1, 4])
      const predictions = model.rpn.forward(features)
      const perPlace = model.anchorsPerPlace
      const proposals = regionProposalLoss(predictions, anchors, anchorTensor, perPlace, options.regionProposalLoss)
      const regions = headLoss(model, features, targets, options.regionLoss)
      const terms = [proposals, regions].flatMap(({ classification, localization }) => [classification, localization])
      options.optimizer.step(
        gradients(
          terms.reduce((sum, term) => sum.add(term)),
          trained,
        ),
      )
      return { proposals, regions }
    })
  }

  /**
   * Learns from images [N, 3, H, W] with what is to be found in each.
   * @returns The losses before the step: scalars.
   * @throws ShapeError unless there is a truth for each image.
   */
  async step(images: Tensor, truths: readonly GroundTruth[]): Promise<FasterRCNNLoss> {
    checkOnePerImage(images, { truths })
    const { proposals } = await this.#propose(images, this.#options.proposals)
    const boxes = this.#model.anchors([images.shape[2], images.shape[3]])
    const anchors = truths.map((truth) => anchorTargets(boxes, truth.boxes, this.#random, this.#options.anchors))
    const regions = truths.map((truth, n) => regionTargets(proposals[n]!, truth, this.#random, this.#options.regions))
    const labels = joined(anchors.map((targets) => targets.labels))
    return this.#update(
      images,
      {
        labels: labels.reshape([truths.length, -1]),
        boxes: joined(anchors.map((targets) => targets.boxes)).reshape([truths.length, -1, 4]),
      },
      regionTargetTensors(regions),
    )
  }
}
