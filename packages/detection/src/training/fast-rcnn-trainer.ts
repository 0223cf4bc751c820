import { gradients } from '@neurite/autograd'
import { compile } from '@neurite/compiler'
import { RandomStream } from '@neurite/data'
import { parameters } from '@neurite/layers'
import type { Optimizer } from '@neurite/optimizers'
import type { Tensor } from '@neurite/tensor'
import type { BoxArray } from '../boxes/box-array.ts'
import type { RegionLossOptions, RegionTargetTensors } from '../losses/region-loss.ts'
import type { DetectionLoss } from '../losses/region-proposal-loss.ts'
import type { FastRCNN } from '../networks/fast-rcnn.ts'
import type { GroundTruth } from '../targets/ground-truth.ts'
import { type RegionTargetOptions, regionTargets } from '../targets/region-targets.ts'
import { checkOnePerImage, headLoss, regionTargetTensors } from './training-batch.ts'

export interface FastRCNNTrainerOptions {
  /** Of all parameters of the model, or of those that shall learn. */
  readonly optimizer: Optimizer
  /** Of the random choice of examples. Default 0. */
  readonly seed?: number
  readonly regions?: RegionTargetOptions
  readonly regionLoss?: RegionLossOptions
}

/** Trains a Fast R-CNN with proposals from elsewhere. */
export class FastRCNNTrainer {
  readonly #options: FastRCNNTrainerOptions
  readonly #random: RandomStream
  readonly #update: (images: Tensor, targets: RegionTargetTensors) => DetectionLoss

  constructor(model: FastRCNN, options: FastRCNNTrainerOptions) {
    this.#options = options
    this.#random = new RandomStream(options.seed ?? 0)
    const trained = parameters(model)
    this.#update = compile((images: Tensor, targets: RegionTargetTensors) => {
      const losses = headLoss(model, model.features(images), targets, options.regionLoss)
      options.optimizer.step(gradients(losses.classification.add(losses.localization), trained))
      return losses
    })
  }

  /**
   * Learns from images [N, 3, H, W] with what is to be found in each and the regions proposed for it.
   * @returns The losses before the step: scalars.
   * @throws ShapeError unless there are a truth and proposals for each image.
   */
  step(images: Tensor, truths: readonly GroundTruth[], proposals: readonly BoxArray[]): DetectionLoss {
    checkOnePerImage(images, { truths, proposals })
    const targets = truths.map((truth, n) => regionTargets(proposals[n]!, truth, this.#random, this.#options.regions))
    return this.#update(images, regionTargetTensors(targets))
  }
}
