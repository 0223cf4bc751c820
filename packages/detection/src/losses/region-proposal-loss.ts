import { binaryCrossEntropyWithLogits, smoothL1Loss } from '@neurite/losses'
import { ShapeError, showShape, type Tensor } from '@neurite/tensor'
import { encodeBoxes } from '../boxes/box-coder.ts'

/** What a region proposal network says of A anchors of each of N images. */
export interface AnchorPredictions {
  /** Scores of being an object, before the sigmoid: [N, A]. */
  readonly objectness: Tensor
  /** From anchors to boxes: [N, A, 4]. */
  readonly displacements: Tensor
}

/** `AnchorTargets` of N images. */
export interface AnchorTargetTensors {
  /** 1 object, 0 background, −1 not asked: int32 [N, A]. */
  readonly labels: Tensor
  /** [N, A, 4] */
  readonly boxes: Tensor
}

export interface RegionProposalLossOptions {
  /** λ: weight of the boxes. Default 10. */
  readonly balance?: number
  /** Where the smooth L1 loss turns from square to absolute. Default 1, as in the paper; 1/9 in torchvision. */
  readonly beta?: number
}

/** The two parts of a detector's loss; both scalars. */
export interface DetectionLoss {
  readonly classification: Tensor<[]>
  readonly localization: Tensor<[]>
}

/**
 * Ren et al. 2015, eq. 1: the loss of a region proposal network.
 *
 *     L = 1/N_cls Σᵢ L_cls(pᵢ, pᵢ*) + λ/N_reg Σᵢ pᵢ* smoothL1(tᵢ − tᵢ*)
 *
 * N_cls is the number of anchors asked, N_reg that of places of the anchors; t are displacements, t* those that lead to the true boxes.
 * @param anchors [A, 4]
 * @param perPlace Anchors of each place.
 * @returns The two terms; the second has its factor λ.
 * @throws ShapeError if shapes do not fit.
 */
export function regionProposalLoss(
  { objectness, displacements }: AnchorPredictions,
  { labels, boxes }: AnchorTargetTensors,
  anchors: Tensor,
  perPlace: number,
  { balance = 10, beta = 1 }: RegionProposalLossOptions = {},
): DetectionLoss {
  if (showShape(displacements.shape) !== showShape([...objectness.shape, 4]))
    throw new ShapeError(
      `regionProposalLoss: displacements must be ${showShape([...objectness.shape, 4])}, 4 for each score; got ${showShape(displacements.shape)}.`,
    )
  const isAsked: Tensor = labels.greaterEqual(0).cast('float32')
  const isObject: Tensor = labels.equal(1).cast('float32')
  const errors: Tensor = binaryCrossEntropyWithLogits(objectness, isObject, { reduction: 'none' })
  const classification: Tensor = errors.multiply(isAsked).sum().divide(isAsked.sum().maximum(1))
  const wanted = encodeBoxes(boxes, anchors.unsqueeze(0))
  const distances: Tensor = smoothL1Loss(displacements, wanted, { beta, reduction: 'none' })
  const places = objectness.size / perPlace
  const localization: Tensor = distances
    .multiply(isObject.unsqueeze(-1))
    .sum()
    .multiply(balance / places)
  return { classification, localization }
}
