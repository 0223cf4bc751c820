import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryBoxes, boxTensor } from '../test/arbitrary-boxes.ts'
import { expectNear } from '../test/expect-near.ts'
import { clipBoxesToImage } from './clip-boxes.ts'
import { type BoxFormat, convertBoxes } from './convert-boxes.ts'
import { removeSmallBoxes } from './remove-small-boxes.ts'

const formats = ['xyxy', 'xywh', 'cxcywh'] as const
const one: Tensor = tensor([[1, 2, 5, 10]])

it('converts between all formats and back', () => {
  const numbers = { xyxy: [1, 2, 5, 10], xywh: [1, 2, 4, 8], cxcywh: [3, 6, 4, 8] }
  for (const to of formats) expectNear(convertBoxes(one, { from: 'xyxy', to }).dataSync(), numbers[to])
  const format = fc.constantFrom<BoxFormat>(...formats)
  fc.assert(
    fc.property(arbitraryBoxes({ maxLength: 5 }), format, format, (boxes, from, to) => {
      const there = convertBoxes(boxTensor(boxes), { from, to })
      expectNear(convertBoxes(there, { from: to, to: from }).dataSync(), boxes)
    }),
  )
  expect(() => convertBoxes(one, { from: 'xyxy', to: 'yxyx' as BoxFormat })).toThrow(
    "convertBoxes: there is no format 'yxyx'; there are xyxy, xywh, cxcywh.",
  )
})

it('clips boxes to their image', () => {
  const boxes: Tensor = tensor([
    [-3, 2, 4, 30],
    [50, -1, 60, 5],
  ])
  expect([...clipBoxesToImage(boxes, [20, 40]).dataSync()]).toEqual([0, 2, 4, 20, 40, 0, 40, 5])
})

it('finds boxes that are large enough', () => {
  expect(removeSmallBoxes([0, 0, 4, 4, 0, 0, 3.9, 9, 0, 0, 9, 4], 4)).toEqual(Int32Array.from([0, 2]))
  expect(removeSmallBoxes([], 4)).toEqual(new Int32Array())
  expect(() => removeSmallBoxes([1, 2, 3], 4)).toThrow(
    'removeSmallBoxes: boxes have four numbers each (x1, y1, x2, y2); got 3 numbers.',
  )
})
