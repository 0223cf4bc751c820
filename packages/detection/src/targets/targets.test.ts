import { RandomStream } from '@neurite/data'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlapOf } from '../boxes/box-array.ts'
import { arbitraryBoxes } from '../test/arbitrary-boxes.ts'
import { anchorTargets } from './anchor-targets.ts'
import { background, ignored, matchBoxes } from './match-boxes.ts'
import { regionTargets } from './region-targets.ts'
import { sampleExamples } from './sample-examples.ts'

// IoU with the first true box: 1, 0.6, 1/3, 0; with the second: 0 but for the last, 1/4.
const truth = [0, 0, 4, 4, 20, 20, 24, 24]
const boxes = [0, 0, 4, 4, 0, 1, 4, 5, 0, 2, 4, 6, 20, 20, 22, 22]

describe('matchBoxes', () => {
  it('matches those that overlap enough, and ignores those between', () => {
    expect([...matchBoxes(boxes, truth, { foreground: 0.5, background: 0.3 })]).toEqual([0, 0, ignored, background])
    expect([...matchBoxes(boxes, truth, { foreground: 0.7, background: 0.5 })]).toEqual([
      0,
      ignored,
      background,
      background,
    ])
    expect([...matchBoxes(boxes, truth, { foreground: 0.5, background: 0.5, leastBackground: 0.3 })]).toEqual([
      0,
      0,
      background,
      ignored,
    ])
  })

  it('matches the best box of each true one, if asked', () => {
    expect([...matchBoxes(boxes, truth, { foreground: 0.7, background: 0.3, matchBest: true })]).toEqual([
      0,
      ignored,
      ignored,
      1,
    ])
    expect([...matchBoxes([50, 50, 51, 51], truth, { foreground: 0.7, background: 0.3, matchBest: true })]).toEqual([
      background,
    ])
  })

  it('takes everything for background where there is nothing', () => {
    expect([...matchBoxes(boxes, [], { foreground: 0, background: 0.3, matchBest: true })]).toEqual(
      new Array(4).fill(background),
    )
  })

  it('leaves no true box that is overlapped without a match, if asked', () => {
    fc.assert(
      fc.property(
        arbitraryBoxes({ minLength: 1, maxLength: 8 }),
        arbitraryBoxes({ minLength: 1, maxLength: 1 }),
        (boxes, truth) => {
          const matches = matchBoxes(boxes, truth, { foreground: 0.7, background: 0.3, matchBest: true })
          const best = Math.max(...[...matches.keys()].map((i) => overlapOf(boxes, i, truth, 0)))
          expect(matches.includes(0)).toBe(best > 0)
        },
      ),
    )
  })
})

it('sampleExamples takes no more than it may, and fills up with background', () => {
  const matches = Int32Array.from([0, 1, 2, 3, ignored, background, background, background, background, background])
  const options = { count: 6, positiveFraction: 0.5 }
  const { positives, negatives } = sampleExamples(matches, options, new RandomStream(1))
  expect([positives.length, negatives.length]).toEqual([3, 3])
  expect([...positives].every((i) => matches[i]! >= 0)).toBe(true)
  expect(new Set([...positives, ...negatives]).size).toBe(6)
  expect([...negatives].every((i) => matches[i] === background)).toBe(true)
  const few = sampleExamples(matches.subarray(3), options, new RandomStream(1))
  expect([few.positives.length, few.negatives.length]).toEqual([1, 5])
})

describe('anchorTargets', () => {
  it('says which anchors are asked, and where they should lead', () => {
    const { labels, boxes: wanted } = anchorTargets(boxes, truth, new RandomStream(0))
    expect([...labels]).toEqual([1, -1, -1, 1])
    expect([...wanted.subarray(0, 4)]).toEqual([0, 0, 4, 4])
    expect([...wanted.subarray(4, 8)]).toEqual([0, 1, 4, 5])
    expect([...wanted.subarray(12)]).toEqual([20, 20, 24, 24])
  })

  it('ignores anchors beyond the image, if asked', () => {
    const { labels } = anchorTargets(boxes, truth, new RandomStream(0), { within: [21, 100] })
    expect([...labels]).toEqual([1, -1, -1, -1])
  })
})

describe('regionTargets', () => {
  const scene = { boxes: truth, classes: [3, 1] }

  it('gives as many regions as asked for, each with its class and box', () => {
    const options = { count: 8, positiveFraction: 0.5, includeTruth: false }
    const targets = regionTargets(boxes, scene, new RandomStream(0), options)
    expect([...targets.classes].sort()).toEqual([-1, -1, -1, -1, 0, 0, 3, 3])
    for (let i = 0; i < 2; i++) expect([...targets.boxes.subarray(4 * i, 4 * i + 4)]).toEqual([0, 0, 4, 4])
    for (let i = 2; i < 8; i++)
      expect(targets.boxes.subarray(4 * i, 4 * i + 4)).toEqual(targets.regions.subarray(4 * i, 4 * i + 4))
  })

  it('learns from the true boxes too', () => {
    const targets = regionTargets([], scene, new RandomStream(0), { count: 8 })
    expect([...targets.classes].filter((kind) => kind > 0).sort()).toEqual([1, 3])
  })
})
