import {
  type BoxFormat,
  type BoxWeights,
  batchedNMS,
  boxArea,
  boxIoU,
  clipBoxesToImage,
  convertBoxes,
  decodeBoxes,
  encodeBoxes,
  generalizedBoxIoU,
  type ImageSize,
  nms,
  type OutputSize,
  removeSmallBoxes,
  roiAlign,
  roiPool,
} from '@neurite/detection'
import { focalLoss, type Reduction } from '@neurite/losses'
import { type Tensor, tensor } from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly boxes: Tensor
  readonly boxes1: Tensor
  readonly boxes2: Tensor
  readonly idxs: Tensor
  readonly input: Tensor
  readonly proposals: Tensor
  readonly reference_boxes: Tensor
  readonly rel_codes: Tensor
  readonly scores: Tensor
  readonly target: Tensor
}

interface Attributes {
  readonly aligned?: boolean
  readonly alpha?: number
  readonly gamma?: number
  readonly in_fmt: BoxFormat
  readonly iou_threshold: number
  readonly min_size: number
  readonly out_fmt: BoxFormat
  readonly output_size: OutputSize
  readonly reduction?: Reduction
  readonly sampling_ratio?: number
  readonly size: ImageSize
  readonly spatial_scale?: number
  readonly weights?: BoxWeights
}

export const boxes: Operations<'boxes', Inputs, Attributes> = {
  batched_nms: ({ boxes, scores, idxs }, { iou_threshold }) =>
    tensor(batchedNMS(boxes.dataSync(), scores.dataSync(), idxs.dataSync(), { iouThreshold: iou_threshold })) as Tensor,
  box_area: ({ boxes }) => boxArea(boxes),
  box_convert: ({ boxes }, { in_fmt, out_fmt }) => convertBoxes(boxes, { from: in_fmt, to: out_fmt }),
  box_iou: ({ boxes1, boxes2 }) => boxIoU(boxes1, boxes2) as Tensor,
  clip_boxes_to_image: ({ boxes }, { size }) => clipBoxesToImage(boxes, size),
  // The recorded displacements are [N, 4 · classes]: those of all classes of a box in a row.
  decode_boxes: ({ rel_codes, boxes }, { weights = [1, 1, 1, 1] }) => {
    const displacements: Tensor = rel_codes.reshape([boxes.shape[0], -1, 4])
    return decodeBoxes(displacements, boxes.unsqueeze(1), { weights }).reshape(rel_codes.shape) as Tensor
  },
  encode_boxes: ({ reference_boxes, proposals }, { weights = [1, 1, 1, 1] }) =>
    encodeBoxes(reference_boxes, proposals, { weights }),
  generalized_box_iou: ({ boxes1, boxes2 }) => generalizedBoxIoU(boxes1, boxes2) as Tensor,
  nms: ({ boxes, scores }, { iou_threshold }) =>
    tensor(nms(boxes.dataSync(), scores.dataSync(), { iouThreshold: iou_threshold })) as Tensor,
  remove_small_boxes: ({ boxes }, { min_size }) => tensor(removeSmallBoxes(boxes.dataSync(), min_size)) as Tensor,
  roi_align: ({ input, boxes }, { output_size, spatial_scale = 1, sampling_ratio = -1, aligned = false }) =>
    roiAlign(input, boxes, {
      outputSize: output_size,
      spatialScale: spatial_scale,
      samplingRatio: sampling_ratio,
      aligned,
    }),
  roi_pool: ({ input, boxes }, { output_size, spatial_scale = 1 }) =>
    roiPool(input, boxes, { outputSize: output_size, spatialScale: spatial_scale }),
  sigmoid_focal_loss: ({ input, target }, { alpha = 0.25, gamma = 2, reduction = 'none' }) =>
    focalLoss(input, target, { alpha, gamma, reduction }),
}
