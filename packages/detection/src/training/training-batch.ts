// What steps of all trainers take: targets of several images as tensors, and the loss of a head on them.

import { ShapeError, showShape, type Tensor, tensor } from '@neurite/tensor'
import { type RegionLossOptions, type RegionTargetTensors, regionLoss } from '../losses/region-loss.ts'
import type { DetectionLoss } from '../losses/region-proposal-loss.ts'
import type { FastRCNN } from '../networks/fast-rcnn.ts'
import type { RegionTargets } from '../targets/region-targets.ts'

/** The loss of a model's head on feature maps. */
export function headLoss(
  model: FastRCNN,
  features: Tensor,
  targets: RegionTargetTensors,
  options: RegionLossOptions | undefined,
): DetectionLoss {
  const perImage: Tensor = targets.regions.reshape([features.shape[0], -1, 4])
  return regionLoss(model.classify(features, perImage), targets, options)
}

/** Targets of several images as tensors. */
export function regionTargetTensors(targets: readonly RegionTargets[]): RegionTargetTensors {
  return {
    regions: joined(targets.map(({ regions }) => regions)).reshape([-1, 4]),
    classes: joined(targets.map(({ classes }) => classes)),
    boxes: joined(targets.map(({ boxes }) => boxes)).reshape([-1, 4]),
  }
}

/** Arrays of one kind behind each other. */
export function joined(arrays: readonly (Float32Array | Int32Array)[]): Tensor {
  const length = arrays.reduce((sum, array) => sum + array.length, 0)
  const all = arrays[0] instanceof Int32Array ? new Int32Array(length) : new Float32Array(length)
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return tensor(all) as Tensor
}

/** @throws ShapeError unless each list, given by its name, has an entry for each image. */
export function checkOnePerImage(images: Tensor, lists: Readonly<Record<string, readonly unknown[]>>): void {
  for (const [name, { length }] of Object.entries(lists))
    if (length !== images.shape[0])
      throw new ShapeError(`step: images ${showShape(images.shape)} need as many ${name}; got ${length}.`)
}
