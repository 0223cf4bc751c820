// Boxes and regions against torchvision's, values and gradients.

import { gradients } from '@neurite/autograd'
import { type Case, expectClose, type RecordedTensor, testRecorded } from '@neurite/oracle'
import { type Tensor, tensor } from '@neurite/tensor'
import {
  batchedNMS,
  boxArea,
  boxIoU,
  clipBoxesToImage,
  convertBoxes,
  decodeBoxes,
  encodeBoxes,
  generalizedBoxIoU,
  nms,
  removeSmallBoxes,
  roiAlign,
  roiPool,
} from './index.ts'

interface BoxFields {
  readonly inputs: Readonly<Record<string, RecordedTensor>>
  readonly cotangents?: { readonly y: RecordedTensor }
  readonly expected: {
    readonly outputs: { readonly y: RecordedTensor }
    readonly grads?: Readonly<Record<string, RecordedTensor>>
  }
}

type Inputs = Readonly<Record<string, Tensor>>
type Operation = (inputs: Inputs, attributes: Case['attrs']) => Tensor

const operations: Readonly<Record<string, Operation>> = {
  box_area: ({ boxes }) => boxArea(boxes!),
  box_iou: ({ boxes1, boxes2 }) => boxIoU(boxes1!, boxes2!) as Tensor,
  generalized_box_iou: ({ boxes1, boxes2 }) => generalizedBoxIoU(boxes1!, boxes2!) as Tensor,
  box_convert: ({ boxes }, { in_fmt, out_fmt }) => convertBoxes(boxes!, { from: in_fmt, to: out_fmt }),
  clip_boxes_to_image: ({ boxes }, { size }) => clipBoxesToImage(boxes!, size),
  encode_boxes: ({ reference_boxes, proposals }, attributes) => encodeBoxes(reference_boxes!, proposals!, attributes),
  decode_boxes: ({ rel_codes, boxes }, attributes) => decodeBoxes(rel_codes!, boxes!, attributes),
  remove_small_boxes: ({ boxes }, { min_size }) => tensor(removeSmallBoxes(boxes!.dataSync(), min_size)) as Tensor,
  nms: ({ boxes, scores }, { iou_threshold: iouThreshold }) =>
    tensor(nms(boxes!.dataSync(), scores!.dataSync(), { iouThreshold })) as Tensor,
  batched_nms: ({ boxes, scores, idxs }, { iou_threshold: iouThreshold }) =>
    tensor(batchedNMS(boxes!.dataSync(), scores!.dataSync(), idxs!.dataSync(), { iouThreshold })) as Tensor,
  roi_align: ({ input, boxes }, { output_size, spatial_scale = 1, sampling_ratio = -1, aligned = false }) =>
    roiAlign(input!, boxes!, {
      outputSize: output_size,
      spatialScale: spatial_scale,
      samplingRatio: sampling_ratio,
      aligned,
    }),
  roi_pool: ({ input, boxes }, { output_size, spatial_scale = 1 }) =>
    roiPool(input!, boxes!, { outputSize: output_size, spatialScale: spatial_scale }),
}

async function check({ op, attrs, inputs, cotangents, expected, tolerance }: Case<BoxFields>): Promise<void> {
  const tensors: Inputs = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, tensor(input.data, input) as Tensor]),
  )
  const y = operations[op]!(tensors, attrs)
  await expectClose(y, expected.outputs.y, tolerance)
  if (cotangents === undefined || expected.grads === undefined) return
  const names = Object.keys(expected.grads)
  const found = gradients(
    y.multiply(tensor(cotangents.y.data, cotangents.y)).sum(),
    names.map((name) => tensors[name]!),
  )
  for (const [i, name] of names.entries()) await expectClose(found[i]!, expected.grads[name]!, tolerance)
}

testRecorded<BoxFields>('boxes', ({ op }) => op in operations, check)
