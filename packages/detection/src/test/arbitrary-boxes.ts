import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'

const corner = fc.integer({ min: -20, max: 60 })
const side = fc.integer({ min: 1, max: 40 })

/** Four numbers of a box that is not empty; quarters, so that sums and products of few are exact. */
export const arbitraryBox: fc.Arbitrary<number[]> = fc
  .tuple(corner, corner, side, side)
  .map(([x, y, w, h]) => [x / 4, y / 4, (x + w) / 4, (y + h) / 4])

/** Boxes one after the other. */
export function arbitraryBoxes(constraints: { minLength?: number; maxLength?: number }): fc.Arbitrary<number[]> {
  return fc.array(arbitraryBox, constraints).map((boxes) => boxes.flat())
}

/** [N, 4] */
export function boxTensor(boxes: readonly number[]): Tensor {
  return tensor(Float64Array.from(boxes), { shape: [boxes.length / 4, 4] }) as Tensor
}
