// Steps that detectors learn by: what is to be learnt is chosen in plain JavaScript, the rest of a step is one program.

import { gradients } from '@neurite/autograd'
import { compile } from '@neurite/compiler'
import { RandomStream } from '@neurite/data'
import { parameters } from '@neurite/layers'
import type { Optimizer } from '@neurite/optimizers'
import { ShapeError, showShape, type Tensor, tensor } from '@neurite/tensor'
import type { BoxArray } from '../boxes/box-array.ts'
import { type RegionLossOptions, type RegionTargetTensors, regionLoss } from '../losses/region-loss.ts'
import {
  type AnchorTargetTensors,
  type DetectionLoss,
  type RegionProposalLossOptions,
  regionProposalLoss,
} from '../losses/region-proposal-loss.ts'
import { regionProposer } from '../networks/detectors.ts'
import type { FastRCNN } from '../networks/fast-rcnn.ts'
import type { FasterRCNN } from '../networks/faster-rcnn.ts'
import type { ProposalOptions } from '../networks/select-proposals.ts'
import { type AnchorTargetOptions, anchorTargets } from '../targets/anchor-targets.ts'
import type { GroundTruth } from '../targets/ground-truth.ts'
import { type RegionTargetOptions, type RegionTargets, regionTargets } from '../targets/region-targets.ts'

export interface FastRCNNTrainerOptions {
  /** Of all parameters of the model, or of those that shall learn. */
  readonly optimizer: Optimizer
  /** Of the random choice of examples. Default 0. */
  readonly seed?: number
  readonly regions?: RegionTargetOptions
  readonly regionLoss?: RegionLossOptions
}

export interface FasterRCNNTrainerOptions extends FastRCNNTrainerOptions {
  readonly anchors?: AnchorTargetOptions
  readonly proposals?: ProposalOptions
  readonly regionProposalLoss?: RegionProposalLossOptions
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
    const images_ = anchors.length
    return this.#update(
      images,
      {
        labels: labels.reshape([images_, -1]),
        boxes: joined(anchors.map((targets) => targets.boxes)).reshape([images_, -1, 4]),
      },
      regionTargetTensors(regions),
    )
  }
}

function headLoss(
  model: FastRCNN,
  features: Tensor,
  targets: RegionTargetTensors,
  options: RegionLossOptions | undefined,
): DetectionLoss {
  const perImage: Tensor = targets.regions.reshape([features.shape[0], -1, 4])
  return regionLoss(model.classify(features, perImage), targets, options)
}

function regionTargetTensors(targets: readonly RegionTargets[]): RegionTargetTensors {
  return {
    regions: joined(targets.map(({ regions }) => regions)).reshape([-1, 4]),
    classes: joined(targets.map(({ classes }) => classes)),
    boxes: joined(targets.map(({ boxes }) => boxes)).reshape([-1, 4]),
  }
}

/** Arrays of one kind behind each other. */
function joined(arrays: readonly (Float32Array | Int32Array)[]): Tensor {
  const length = arrays.reduce((sum, array) => sum + array.length, 0)
  const all = arrays[0] instanceof Int32Array ? new Int32Array(length) : new Float32Array(length)
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return tensor(all) as Tensor
}

function checkOnePerImage(images: Tensor, lists: Readonly<Record<string, readonly unknown[]>>): void {
  for (const [name, { length }] of Object.entries(lists))
    if (length !== images.shape[0])
      throw new ShapeError(`step: images ${showShape(images.shape)} need as many ${name}; got ${length}.`)
}
