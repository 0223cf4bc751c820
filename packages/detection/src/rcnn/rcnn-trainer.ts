import { gradients } from '@neurite/autograd'
import { compile } from '@neurite/compiler'
import { RandomStream } from '@neurite/data'
import { parameters } from '@neurite/layers'
import { crossEntropy } from '@neurite/losses'
import type { Optimizer } from '@neurite/optimizers'
import { type Tensor, tensor } from '@neurite/tensor'
import type { BoxArray } from '../boxes/box-array.ts'
import { regionBatch } from '../networks/region-batch.ts'
import type { GroundTruth } from '../targets/ground-truth.ts'
import { type RegionTargetOptions, regionTargets } from '../targets/region-targets.ts'
import type { RCNN } from './rcnn.ts'

export interface RCNNTrainerOptions {
  readonly optimizer: Optimizer
  /** Of the random choice of regions. Default 0. */
  readonly seed?: number
  /** Default: the paper's quarter of positives, IoU ≥ 0.5; the paper has batches of 32 and 96. */
  readonly regions?: RegionTargetOptions
}

/** Tunes an R-CNN's net to tell classes of warped regions (Girshick et al. 2014, section 2.3, "Domain-specific fine-tuning"). */
export class RCNNTrainer {
  readonly #options: RCNNTrainerOptions
  readonly #random: RandomStream
  readonly #update: (images: Tensor, regions: Tensor, classes: Tensor) => Tensor<[]>

  constructor(model: RCNN, options: RCNNTrainerOptions) {
    this.#options = options
    this.#random = new RandomStream(options.seed ?? 0)
    const trained = parameters(model)
    this.#update = compile((images: Tensor, regions: Tensor, classes: Tensor) => {
      const loss = crossEntropy(model.classify(images, regions), classes, { ignoreIndex: -1 })
      options.optimizer.step(gradients(loss, trained))
      return loss
    })
  }

  /** Learns from images [N, 3, H, W] with what is in each and the regions proposed for it. @returns The loss before the step. */
  step(images: Tensor, truths: readonly GroundTruth[], proposals: readonly BoxArray[]): Tensor<[]> {
    const targets = truths.map((truth, n) => regionTargets(proposals[n]!, truth, this.#random, this.#options.regions))
    const classes = targets.flatMap((target) => Array.from(target.classes))
    const count = classes.length / targets.length
    const regions = regionBatch(
      targets.map((target) => target.regions),
      count,
    )
    return this.#update(images, regions, tensor(Int32Array.from(classes)) as Tensor)
  }
}
