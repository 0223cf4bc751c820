import { describe, expect, it } from 'vitest'
import { overlapOf } from '../boxes/box-array.ts'
import { proposalQuality } from '../evaluation/proposal-recall.ts'
import { drawScenes } from '../scenes/draw-scenes.ts'
import { expectNear } from '../test/expect-near.ts'
import { planesOf } from './colour-space.ts'
import { groupRegions } from './group-regions.ts'
import { appearanceOf, mergedRegion, type Region, regionsOfSegments } from './region.ts'
import { selectiveSearch } from './selective-search.ts'
import { similarity } from './similarity.ts'

/** An image of rectangles [x1, y1, x2, y2] in colours, each on top of those before. */
function painted(size: number, rectangles: readonly [box: readonly number[], colour: readonly number[]][]) {
  const data = new Uint8Array(3 * size * size)
  for (const [[x1, y1, x2, y2], colour] of rectangles)
    for (let y = y1!; y < y2!; y++) for (let x = x1!; x < x2!; x++) data.set(colour, 3 * (y * size + x))
  return { width: size, height: size, data }
}

const house = painted(32, [
  [
    [0, 0, 32, 32],
    [90, 120, 200],
  ],
  [
    [8, 10, 24, 28],
    [200, 60, 60],
  ],
  [
    [12, 14, 16, 20],
    [240, 220, 90],
  ],
])
// The segments of the house: ground, wall and window.
const labels = Int32Array.from({ length: 1024 }, (_, i) => {
  const [x, y] = [i % 32, Math.floor(i / 32)]
  if (x >= 12 && x < 16 && y >= 14 && y < 20) return 2
  return x >= 8 && x < 24 && y >= 10 && y < 28 ? 1 : 0
})
const segmentation = { labels, count: 3 }
const appearance = appearanceOf(planesOf(house, 'rgb'))
const segments = regionsOfSegments(appearance, segmentation)

describe('regions', () => {
  it('have the boxes and sizes of their segments, and histograms of sum 1', () => {
    expect(segments.map(({ box }) => box)).toEqual([
      [0, 0, 32, 32],
      [8, 10, 24, 28],
      [12, 14, 16, 20],
    ])
    expect(segments.map(({ size }) => size)).toEqual([1024 - 288, 288 - 24, 24])
    for (const { colour, texture } of segments)
      for (const histogram of [colour, texture]) expect(histogram.reduce((sum, part) => sum + part)).toBeCloseTo(1, 4)
    // Red 200 of 255 in 25 bins is bin 19 of the first channel.
    expect(segments[1]!.colour[19]).toBeCloseTo(1 / 3, 5)
  })

  it('merge to what their pixels together are', () => {
    const together = Int32Array.from(labels, (label) => Math.min(label, 1))
    const direct = regionsOfSegments(appearance, { labels: together, count: 2 })[1]!
    const merged = mergedRegion(segments[1]!, segments[2]!)
    expect([merged.size, merged.box]).toEqual([direct.size, direct.box])
    expectNear(merged.colour, direct.colour, 1e-6)
    expectNear(merged.texture, direct.texture, 1e-6)
  })

  it('are alike by colour, texture, size and fill', () => {
    const [, wall, window] = segments as [Region, Region, Region]
    expect(similarity(wall, wall, 1024, ['colour'])).toBeCloseTo(1, 5)
    // Green 60 and 220, red 200 and 240, blue 60 and 90 fall into different bins.
    expect(similarity(wall, window, 1024, ['colour'])).toBe(0)
    expect(similarity(wall, window, 1024, ['size'])).toBeCloseTo(1 - 288 / 1024, 12)
    // The window fills a hole: the box around both has no pixel that is neither's.
    expect(similarity(wall, window, 1024, ['fill'])).toBe(1)
    expect(similarity(wall, window, 1024, ['size', 'fill'])).toBeCloseTo(2 - 288 / 1024, 12)
  })

  it('are grouped until one is left, the most alike first', () => {
    const regions = groupRegions(segments, segmentation, 32, ['size', 'fill'])
    expect(regions.length).toBe(5)
    expect(regions[3]!.box).toEqual([8, 10, 24, 28])
    expect(regions[3]!.size).toBe(288)
    expect(regions[4]!.size).toBe(1024)
  })
})

describe('selectiveSearch', () => {
  it('finds the things of an image, whole and in parts', () => {
    const boxes = selectiveSearch(house, { scales: [50], minimumSize: 10, sigma: 0 })
    for (const thing of [
      [8, 10, 24, 28],
      [12, 14, 16, 20],
      [0, 0, 32, 32],
    ])
      expect(Array.from({ length: boxes.length / 4 }, (_, i) => overlapOf(boxes, i, thing, 0)).includes(1)).toBe(true)
  })

  it('gives each box once, the same ones every time, and no more than asked for', () => {
    const [scene] = drawScenes({ count: 1, seed: 3, size: 48 })
    const boxes = selectiveSearch(scene!, { minimumSize: 20 })
    const names = Array.from({ length: boxes.length / 4 }, (_, i) => boxes.slice(4 * i, 4 * i + 4).join())
    expect(new Set(names).size).toBe(names.length)
    expect(selectiveSearch(scene!, { minimumSize: 20 })).toEqual(boxes)
    expect(selectiveSearch(scene!, { minimumSize: 20, limit: 5 })).toEqual(boxes.slice(0, 20))
  })

  it('covers nearly all shapes of drawn scenes with few boxes', () => {
    const scenes = drawScenes({ count: 8, seed: 9 })
    const quality = proposalQuality(
      scenes.map((scene) => selectiveSearch(scene)),
      scenes,
    )
    expect(quality.recall).toBeGreaterThanOrEqual(0.9)
    expect(quality.averageBestOverlap).toBeGreaterThan(0.8)
    expect(quality.proposals).toBeLessThan(60)
  })

  it('says what modes there are', () => {
    expect(() => selectiveSearch(house, { mode: 'slow' as 'fast' })).toThrow(
      "selectiveSearch: there is no mode 'slow'; there are single, fast.",
    )
  })
})
