import type { DType, Floating, Shape, Tensor } from '@neurite/tensor'
import { type BoxNumbers, checkBoxes, joinNumbers, numbersOf } from './box-numbers.ts'

/**
 * What the four numbers of a box are: its left, upper, right and lower edge (`xyxy`, which all else here takes), its left
 * upper corner with width and height, or its centre with width and height.
 */
export type BoxFormat = 'xyxy' | 'xywh' | 'cxcywh'

export interface ConvertBoxesOptions {
  readonly from: BoxFormat
  readonly to: BoxFormat
}

type Conversion = (numbers: BoxNumbers) => BoxNumbers

const edgesFrom: { readonly [Format in BoxFormat]: Conversion } = {
  xyxy: (edges) => edges,
  xywh: ([x, y, width, height]) => [x, y, x.add(width), y.add(height)],
  cxcywh: ([x, y, width, height]) => {
    const [left, upper] = [x.subtract(width.multiply(0.5)), y.subtract(height.multiply(0.5))]
    return [left, upper, x.add(width.multiply(0.5)), y.add(height.multiply(0.5))]
  },
}

const edgesTo: { readonly [Format in BoxFormat]: Conversion } = {
  xyxy: (edges) => edges,
  xywh: ([x1, y1, x2, y2]) => [x1, y1, x2.subtract(x1), y2.subtract(y1)],
  cxcywh: ([x1, y1, x2, y2]) => {
    const [x, y] = [x1.add(x2).multiply(0.5), y1.add(y2).multiply(0.5)]
    return [x, y, x2.subtract(x1), y2.subtract(y1)]
  },
}

/**
 * Boxes [..., 4] in another format.
 * @throws ShapeError unless the last axis has 4 numbers, RangeError if there is no such format.
 */
export function convertBoxes<S extends Shape, D extends DType>(
  boxes: Tensor<S, D>,
  { from, to }: ConvertBoxesOptions,
): Tensor<S, Floating<D>> {
  checkBoxes('convertBoxes', boxes)
  for (const format of [from, to])
    if (!Object.hasOwn(edgesFrom, format))
      throw new RangeError(
        `convertBoxes: there is no format '${format}'; there are ${Object.keys(edgesFrom).join(', ')}.`,
      )
  const numbers = numbersOf(boxes)
  return joinNumbers(from === to ? numbers : edgesTo[to](edgesFrom[from](numbers))) as Tensor<S, Floating<D>>
}
