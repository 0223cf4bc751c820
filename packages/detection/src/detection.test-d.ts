// What the compiler knows about the shapes of boxes.

import { type Tensor, zeros } from '@neurite/tensor'
import { expectTypeOf, test } from 'vitest'
import { boxArea, boxIoU, clipBoxesToImage, convertBoxes, decodeBoxes, encodeBoxes } from './index.ts'

const few = zeros([3, 4])
const more = zeros([5, 4])
declare const any: Tensor

test('a table of pairs has a row for each box of the one list and a column for each of the other', () => {
  expectTypeOf(boxIoU(few, more).shape).toEqualTypeOf<[3, 5]>()
  expectTypeOf(boxIoU(few, more).dtype).toEqualTypeOf<'float32'>()
})

test('a number for each box, or four again', () => {
  expectTypeOf(boxArea(few).shape).toEqualTypeOf<[3]>()
  expectTypeOf(convertBoxes(few, { from: 'xyxy', to: 'xywh' }).shape).toEqualTypeOf<[3, 4]>()
  expectTypeOf(clipBoxesToImage(few, [8, 8]).shape).toEqualTypeOf<[3, 4]>()
  expectTypeOf(encodeBoxes(few, few).shape).toEqualTypeOf<[3, 4]>()
  expectTypeOf(decodeBoxes(few, few).shape).toEqualTypeOf<[3, 4]>()
})

test('boxes of unknown shape pass', () => {
  boxIoU(any, few)
  boxArea(any)
})
