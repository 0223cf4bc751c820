import fc from 'fast-check'
import { expect, it } from 'vitest'
import { elementsBy, shapes } from '../test/arrays.ts'
import { viewOffsets } from './view-offsets.ts'

it('offsets are start plus index times stride, summed over the axes', () => {
  const views = shapes().chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      strides: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: shape.length, maxLength: shape.length }),
      start: fc.integer({ min: 0, max: 99 }),
    }),
  )
  fc.assert(
    fc.property(views, ({ shape, strides, start }) => {
      const expected = elementsBy(shape, (index) => index.reduce((sum, i, axis) => sum + i * strides[axis]!, start))
      expect([...viewOffsets(shape, strides, start)]).toEqual(expected)
    }),
  )
})
