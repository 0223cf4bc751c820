// @neurite/detection: finding objects in images. In reading order:

// --- Boxes as tensors: differentiable. ---

export { type BoxCoderOptions, type BoxWeights, decodeBoxes, encodeBoxes } from './boxes/box-coder.ts'
export { boxArea, boxIoU, generalizedBoxIoU, type PairShape, type PerBox } from './boxes/box-iou.ts'
export { clipBoxesToImage, type ImageSize } from './boxes/clip-boxes.ts'
export { type BoxFormat, type ConvertBoxesOptions, convertBoxes } from './boxes/convert-boxes.ts'

// --- Boxes as plain numbers: choosing among them. ---

export type { BoxArray } from './boxes/box-array.ts'
export { removeSmallBoxes } from './boxes/remove-small-boxes.ts'
export { batchedNMS, type NMSOptions, nms } from './suppression/nms.ts'
export { type SoftlySuppressed, type SoftNMSOptions, softNMS } from './suppression/soft-nms.ts'

// --- Features of regions. ---

export type { OutputSize } from './regions/regions.ts'
export { type RoIAlignOptions, roiAlign } from './regions/roi-align.ts'
export { type RoIPoolOptions, roiPool } from './regions/roi-pool.ts'
