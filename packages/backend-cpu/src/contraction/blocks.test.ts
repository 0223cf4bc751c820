import { rangeOfIndex } from '@neurite/compiler/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementsOf } from '../test/both-backends.ts'
import { blockAxes, cutBlocks } from './blocks.ts'

test('blocks are cut along one axis, as equal as possible', () => {
  const blocks = blockAxes([0, 1, 2], [5, 28, 28], { joint: 3, target: 64, multiple: 8 })
  expect(blocks).toEqual({ outer: [0], blocked: 1, step: 4, inner: [2], length: 112, lastLength: 112, count: 35 })
})

test('a block stays among the axes that are even, and may be one axis only', () => {
  expect(blockAxes([0, 1], [9, 5], { joint: 1, target: 64, multiple: 4 })).toMatchObject({
    outer: [0],
    length: 5,
    count: 9,
  })
})

test('blocks cover every point once', () => {
  const sizes = fc.record({
    joint: fc.integer({ min: 1, max: 4 }),
    target: fc.integer({ min: 1, max: 40 }),
    multiple: fc.constantFrom(1, 4, 8),
  })
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 13 }), { minLength: 1, maxLength: 4 }), sizes, (extents, size) => {
      const axes = extents.map((_, axis) => axis)
      const blocks = blockAxes(axes, extents, size)
      const { outer, blocked, step, inner, count, length, lastLength } = blocks
      expect([...outer, blocked, ...inner]).toEqual(axes)
      const along = Math.ceil(extents[blocked]! / step)
      const perOuter = elementsOf(outer.map((axis) => extents[axis]!))
      expect(count).toBe(perOuter * along)
      expect(perOuter * ((along - 1) * length + lastLength)).toBe(elementsOf(extents))

      const cutExtents = [...extents]
      const { axes: cutAxes, cut } = cutBlocks(blocks, cutExtents)
      expect(elementsOf(cutAxes.inside.map((axis) => cutExtents[axis]!))).toBe(cutAxes.length)
      if (cut === undefined) return
      const { high } = rangeOfIndex(cut.replacement, cutExtents)
      const beyond = cutAxes.shorter === undefined ? 0 : step - cutAxes.shorter.extent
      expect(high - beyond).toBe(extents[blocked]! - 1)
    }),
    { numRuns: 300 },
  )
})
