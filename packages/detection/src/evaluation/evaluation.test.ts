import { describe, expect, it } from 'vitest'
import type { Detections } from '../networks/detections.ts'
import { averagePrecision, cocoMeanAveragePrecision, meanAveragePrecision } from './mean-average-precision.ts'
import { proposalQuality } from './proposal-recall.ts'

function detections(...found: readonly [box: readonly number[], kind: number, score: number][]): Detections {
  return {
    boxes: Float32Array.from(found.flatMap(([box]) => box)),
    classes: Int32Array.from(found, ([, kind]) => kind),
    scores: Float32Array.from(found, ([, , score]) => score),
  }
}

const left = [0, 0, 4, 4]
const right = [10, 0, 14, 4]
const low = [0, 1, 4, 5] // IoU with left 0.6

describe('averagePrecision', () => {
  it('is the area under the highest precision at each recall or more', () => {
    // Precision 1, 1/2, 2/3, 2/4, 3/5 at recall 1/4, 1/4, 2/4, 2/4, 3/4; the highest to the right 1, 2/3, 2/3, 3/5, 3/5.
    const hits = [true, false, true, false, true]
    expect(averagePrecision(hits, 4)).toBeCloseTo(0.25 * 1 + 0.25 * (2 / 3) + 0.25 * (3 / 5), 12)
    // Levels 0, 0.1, 0.2; 0.3, 0.4, 0.5; 0.6, 0.7; three that are not reached.
    expect(averagePrecision(hits, 4, '11-point')).toBeCloseTo((3 * 1 + 3 * (2 / 3) + 2 * (3 / 5)) / 11, 12)
  })

  it('is 1 where all is found, and 0 where nothing is', () => {
    for (const interpolation of ['all-point', '11-point'] as const) {
      expect(averagePrecision(new Array(10).fill(true), 10, interpolation)).toBeCloseTo(1, 12)
      expect(averagePrecision([], 3, interpolation)).toBe(0)
      expect(averagePrecision([false, false], 3, interpolation)).toBe(0)
    }
  })
})

describe('meanAveragePrecision', () => {
  const truths = [
    { boxes: [...left, ...right], classes: [1, 2] },
    { boxes: left, classes: [1] },
  ]

  it('counts a box once: the second detection of it is wrong', () => {
    const found = [detections([left, 1, 0.9], [low, 1, 0.8], [right, 2, 0.7]), detections([left, 1, 0.6])]
    const { mean, byClass } = meanAveragePrecision(found, truths)
    // Class 1: right, wrong, right of two.
    expect(byClass.get(1)).toBeCloseTo(0.5 + 0.5 * (2 / 3), 12)
    expect(byClass.get(2)).toBe(1)
    expect(mean).toBeCloseTo((0.5 + 1 / 3 + 1) / 2, 12)
  })

  it('does not take what is of another class, in another image or too far away', () => {
    expect(meanAveragePrecision([detections([left, 2, 1]), detections([right, 1, 1])], truths).mean).toBe(0)
    const near = [detections([low, 1, 1]), detections()]
    expect(meanAveragePrecision(near, truths).byClass.get(1)).toBe(0.5)
    expect(meanAveragePrecision(near, truths, { iouThreshold: 0.65 }).byClass.get(1)).toBe(0)
  })

  it('ranks detections of all images together', () => {
    const found = [detections([low, 1, 0.2], [right, 2, 1]), detections([right, 1, 0.3])]
    // Class 1: wrong, then right.
    expect(meanAveragePrecision(found, truths).byClass.get(1)).toBeCloseTo(0.5 * 0.5, 12)
  })

  it('over the thresholds of COCO', () => {
    // IoU 0.6 (in single precision a little more) reaches 0.5, 0.55 and 0.6.
    const one = [{ boxes: left, classes: [1] }]
    expect(cocoMeanAveragePrecision([detections([low, 1, 1])], one)).toBeCloseTo(0.3, 12)
    expect(cocoMeanAveragePrecision([detections([left, 1, 1])], one)).toBe(1)
  })

  it('needs the detections of each image', () => {
    expect(() => meanAveragePrecision([], truths)).toThrow(
      'meanAveragePrecision: needs the detections of each of 2 images; got 0.',
    )
  })
})

it('proposalQuality: recall and average best overlap', () => {
  const proposals = [[...low, ...right], []]
  const quality = proposalQuality(proposals, [{ boxes: [...left, ...right] }, { boxes: left }])
  expect(quality.recall).toBeCloseTo(2 / 3, 12)
  expect(quality.averageBestOverlap).toBeCloseTo((0.6 + 1) / 3, 12)
  expect(quality.proposals).toBe(1)
})
