import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlapOf } from '../boxes/box-array.ts'
import { arbitraryBox } from '../test/arbitrary-boxes.ts'
import { batchedNMS, nms } from './nms.ts'

const scored = fc.array(fc.record({ box: arbitraryBox, score: fc.integer({ min: 0, max: 9 }), kind: fc.nat(2) }), {
  maxLength: 25,
})
const threshold = fc.constantFrom(0, 0.1, 0.3, 0.5, 0.7, 1)

describe('nms', () => {
  const boxes = [0, 0, 4, 4, 0, 1, 4, 5, 6, 6, 9, 9]

  it('keeps the best of boxes that overlap', () => {
    expect([...nms(boxes, [0.7, 0.9, 0.8], { iouThreshold: 0.5 })]).toEqual([1, 2])
    expect([...nms(boxes, [0.7, 0.9, 0.8], { iouThreshold: 0.6 })]).toEqual([1, 2, 0])
    expect([...nms(boxes, [0.7, 0.9, 0.8], { iouThreshold: 0.6, limit: 2 })]).toEqual([1, 2])
    expect(nms([], [], { iouThreshold: 0.5 })).toEqual(new Int32Array())
  })

  it('takes equal scores in their order, and keeps boxes without area', () => {
    expect([...nms(boxes, [1, 1, 1], { iouThreshold: 0.5 })]).toEqual([0, 2])
    expect([...nms([1, 1, 1, 1, 1, 1, 1, 1], [1, 2], { iouThreshold: 0 })]).toEqual([1, 0])
  })

  it('keeps no two that overlap, drops none that overlaps no better one, and changes nothing the second time', () => {
    fc.assert(
      fc.property(scored, threshold, (examples, iouThreshold) => {
        const boxes = examples.flatMap(({ box }) => box)
        const scores = examples.map(({ score }) => score)
        const kept = [...nms(boxes, scores, { iouThreshold })]
        const isBetter = (i: number, j: number): boolean =>
          scores[i]! > scores[j]! || (scores[i] === scores[j] && i < j)
        for (const [place, i] of kept.entries()) {
          if (place > 0) expect(isBetter(kept[place - 1]!, i)).toBe(true)
          for (const j of kept.slice(0, place)) expect(overlapOf(boxes, i, boxes, j)).toBeLessThanOrEqual(iouThreshold)
        }
        for (const i of scores.keys())
          if (!kept.includes(i))
            expect(kept.some((j) => isBetter(j, i) && overlapOf(boxes, i, boxes, j) > iouThreshold)).toBe(true)
        const again = nms(
          kept.flatMap((i) => boxes.slice(4 * i, 4 * i + 4)),
          kept.map((i) => scores[i]!),
          { iouThreshold },
        )
        expect([...again]).toEqual([...kept.keys()])
      }),
    )
  })

  it('needs a score for each box', () => {
    expect(() => nms(boxes, [1, 2], { iouThreshold: 0.5 })).toThrow(
      'nms: scores must have one entry for each of 3 boxes; got 2.',
    )
  })
})

it('batchedNMS is nms in each class', () => {
  fc.assert(
    fc.property(scored, threshold, (examples, iouThreshold) => {
      const boxes = examples.flatMap(({ box }) => box)
      const scores = examples.map(({ score }) => score)
      const kinds = examples.map(({ kind }) => kind)
      const wanted = [0, 1, 2].flatMap((kind) => {
        const members = [...kinds.keys()].filter((i) => kinds[i] === kind)
        const kept = nms(
          members.flatMap((i) => boxes.slice(4 * i, 4 * i + 4)),
          members.map((i) => scores[i]!),
          { iouThreshold },
        )
        return [...kept].map((i) => members[i]!)
      })
      const kept = batchedNMS(boxes, scores, kinds, { iouThreshold })
      expect([...kept].sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b))
    }),
  )
})
