import { type BoxArray, countBoxes } from './box-array.ts'

/**
 * The numbers of the boxes that are at least `minimum` wide and high, in their order.
 * @throws RangeError if the length is no multiple of 4.
 */
export function removeSmallBoxes(boxes: BoxArray, minimum: number): Int32Array {
  const kept: number[] = []
  for (let i = 0; i < countBoxes('removeSmallBoxes', boxes); i++)
    if (boxes[4 * i + 2]! - boxes[4 * i]! >= minimum && boxes[4 * i + 3]! - boxes[4 * i + 1]! >= minimum) kept.push(i)
  return Int32Array.from(kept)
}
