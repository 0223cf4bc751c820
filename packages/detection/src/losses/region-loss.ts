import { crossEntropy, smoothL1Loss } from '@neurite/losses'
import { ShapeError, showShape, type Tensor } from '@neurite/tensor'
import { type BoxWeights, encodeBoxes } from '../boxes/box-coder.ts'
import type { DetectionLoss } from './region-proposal-loss.ts'

/** What a detection head says of R regions, K classes and the background. */
export interface RegionPredictions {
  /** Before the softmax: [R, K + 1], the background first. */
  readonly scores: Tensor
  /** From the region to the box of each class: [R, K, 4]. */
  readonly displacements: Tensor
}

/** `RegionTargets` of all images together. */
export interface RegionTargetTensors {
  /** [R, 4] */
  readonly regions: Tensor
  /** 0 background, 1… the classes, −1 not asked: int32 [R]. */
  readonly classes: Tensor
  /** [R, 4] */
  readonly boxes: Tensor
}

export interface RegionLossOptions {
  /** λ: weight of the boxes. Default 1. */
  readonly balance?: number
  /** Of the displacements. Default [10, 10, 5, 5]. */
  readonly weights?: BoxWeights
}

/** The displacements' weights in detection heads: about the reciprocals of their standard deviations among proposals. */
export const headWeights: BoxWeights = [10, 10, 5, 5]

/**
 * Girshick 2015, eq. 1: the loss of Fast R-CNN's head, mean over the regions asked.
 *
 *     L(p, u, tᵘ, v) = −ln p_u + λ [u ≥ 1] Σ smoothL1(tᵘ − v)
 *
 * u is the true class, tᵘ the displacements of that class, v those that lead to the true box.
 * @returns The two terms; the second has its factor λ.
 * @throws ShapeError if shapes do not fit.
 */
export function regionLoss(
  { scores, displacements }: RegionPredictions,
  { regions, classes, boxes }: RegionTargetTensors,
  { balance = 1, weights = headWeights }: RegionLossOptions = {},
): DetectionLoss {
  const [count, classesAndGround] = scores.shape as [number, number]
  if (showShape(displacements.shape) !== showShape([count, classesAndGround - 1, 4]))
    throw new ShapeError(
      `regionLoss: displacements must be ${showShape([count, classesAndGround - 1, 4])}, 4 for each class; got ${showShape(displacements.shape)}.`,
    )
  const asked: Tensor = classes.greaterEqual(0).cast('float32').sum().maximum(1)
  const errors: Tensor = crossEntropy(scores, classes, { ignoreIndex: -1, reduction: 'sum' })
  const own: Tensor = classes.subtract(1).maximum(0).reshape([count, 1, 1]).broadcastTo([count, 1, 4])
  const predicted: Tensor = displacements.takeAlongAxis(own, 1).squeeze(1)
  const distances: Tensor = smoothL1Loss(predicted, encodeBoxes(boxes, regions, { weights }), { reduction: 'none' })
  const isObject: Tensor = classes.greater(0).cast('float32').unsqueeze(-1)
  return {
    classification: errors.divide(asked),
    localization: distances.multiply(isObject).sum().multiply(balance).divide(asked),
  } as DetectionLoss
}
