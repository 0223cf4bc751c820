import { missing, type Operations } from './operation.ts'

export const boxes: Operations<'boxes', unknown, unknown> = {
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
  sigmoid_focal_loss: missing,
}
