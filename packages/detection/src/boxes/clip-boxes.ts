import type { DType, Floating, Shape, Tensor } from '@neurite/tensor'
import { checkBoxes, joinNumbers, numbersOf } from './box-numbers.ts'

/** Height and width of an image, in the unit of its boxes. */
export type ImageSize = readonly [height: number, width: number]

/**
 * Boxes [..., 4] cut off at the edges of their image.
 * @param size [height, width] of the image.
 * @throws ShapeError unless the last axis has 4 numbers.
 */
export function clipBoxesToImage<S extends Shape, D extends DType>(
  boxes: Tensor<S, D>,
  [height, width]: ImageSize,
): Tensor<S, Floating<D>> {
  checkBoxes('clipBoxesToImage', boxes)
  const [x1, y1, x2, y2] = numbersOf(boxes)
  const inWidth = (x: Tensor): Tensor => x.clamp({ min: 0, max: width })
  const inHeight = (y: Tensor): Tensor => y.clamp({ min: 0, max: height })
  return joinNumbers([inWidth(x1), inHeight(y1), inWidth(x2), inHeight(y2)]) as Tensor<S, Floating<D>>
}
