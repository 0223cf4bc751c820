import { type AnyDType, type AnyShape, floatingOf, ShapeError, showShape, stack, type Tensor } from '@neurite/tensor'

/** The four numbers of each box, one tensor for each: boxes [..., 4] → [...]. */
export type BoxNumbers = readonly [Tensor, Tensor, Tensor, Tensor]

/** @throws ShapeError unless the last axis has the four numbers of a box. */
export function checkBoxes(operation: string, boxes: Tensor, name = 'boxes'): void {
  if (boxes.shape.at(-1) === 4) return
  throw new ShapeError(`${operation}: ${name} must be [..., 4], four numbers a box; got ${showShape(boxes.shape)}.`)
}

/** @throws ShapeError unless the boxes are one list of them: [N, 4]. */
export function checkBoxList(operation: string, boxes: Tensor, name: string): void {
  if (boxes.rank === 2 && boxes.shape[1] === 4) return
  throw new ShapeError(`${operation}: ${name} must be [N, 4]; got ${showShape(boxes.shape)}.`)
}

/** As floats: of (x1, y1, x2, y2) the left, upper, right and lower edge. */
export function numbersOf(boxes: Tensor): BoxNumbers {
  const numbers = boxes.cast(floatingOf(boxes.dtype))
  const number = (i: number): Tensor => numbers.select(-1, i)
  return [number(0), number(1), number(2), number(3)]
}

/** The same numbers as rows of 4. */
export function joinNumbers(numbers: BoxNumbers): Tensor<AnyShape, AnyDType> {
  return stack(numbers, -1)
}
