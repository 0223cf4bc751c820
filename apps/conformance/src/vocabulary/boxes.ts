import { focalLoss, type Reduction } from '@neurite/losses'
import type { Tensor } from '@neurite/tensor'
import { missing, type Operations } from './operation.ts'

interface Inputs {
  readonly input: Tensor
  readonly target: Tensor
}

interface Attributes {
  readonly alpha?: number
  readonly gamma?: number
  readonly reduction?: Reduction
}

export const boxes: Operations<'boxes', Inputs, Attributes> = {
  batched_nms: missing,
  box_area: missing,
  box_convert: missing,
  box_iou: missing,
  clip_boxes_to_image: missing,
  decode_boxes: missing,
  encode_boxes: missing,
  generalized_box_iou: missing,
  nms: missing,
  remove_small_boxes: missing,
  roi_align: missing,
  roi_pool: missing,
  sigmoid_focal_loss: ({ input, target }, { alpha = 0.25, gamma = 2, reduction = 'none' }) =>
    focalLoss(input, target, { alpha, gamma, reduction }),
}
