import { RandomStream } from '@neurite/data'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectNear } from '../test/expect-near.ts'
import { type Planes, planesOf } from './colour-space.ts'
import { DisjointSets } from './disjoint-sets.ts'
import { gaussianBlur } from './gaussian-blur.ts'
import { segmentImage } from './segment-image.ts'

/** A grey image from the value of each pixel. */
function grey(width: number, height: number, value: (x: number, y: number) => number): Planes {
  const plane = Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)))
  return { width, height, channels: [plane] }
}

const options = { scale: 100, minimumSize: 5, sigma: 0 }

describe('segmentImage', () => {
  it('finds areas of one colour, whatever their shape', () => {
    // A ring around a disc: what is inside and outside of it have one colour, but do not touch.
    const distance = (x: number, y: number): number => Math.hypot(x - 20, y - 20)
    const image = grey(40, 40, (x, y) => (distance(x, y) > 8 && distance(x, y) < 14 ? 200 : 50))
    const { labels, count } = segmentImage(image, options)
    expect(count).toBe(3)
    const at = (x: number, y: number): number => labels[y * 40 + x]!
    expect(new Set([at(0, 0), at(20, 9), at(20, 20)]).size).toBe(3)
    expect(at(39, 39)).toBe(at(0, 0))
    expect(at(31, 20)).toBe(at(20, 9))
  })

  it('sees an edge through noise, and none in a slow slope', () => {
    const random = new RandomStream(1)
    const noisy = grey(40, 40, (x) => (x < 20 ? 80 : 160) + 6 * random.roughlyNormal())
    const { labels, count } = segmentImage(noisy, { ...options, scale: 300, minimumSize: 100, sigma: 0.8 })
    expect(count).toBe(2)
    expect(
      labels.every((label, i) => Math.abs((i % 40) - 19.5) < 2 || label === (i % 40 < 20 ? labels[0] : labels[39])),
    ).toBe(true)
    expect(
      segmentImage(
        grey(40, 40, (x) => 2 * x),
        options,
      ).count,
    ).toBe(1)
  })

  it('has larger segments at a larger scale, and none below the smallest size', () => {
    const random = new RandomStream(2)
    const image = grey(40, 40, () => random.uniform(0, 255))
    const counts = [10, 100, 1000].map((scale) => segmentImage(image, { ...options, scale, minimumSize: 1 }).count)
    expect(counts[0]).toBeGreaterThan(counts[1]!)
    expect(counts[1]).toBeGreaterThan(counts[2]!)
    const { labels, count } = segmentImage(image, { ...options, minimumSize: 30 })
    const sizes = new Int32Array(count)
    for (const label of labels) sizes[label]!++
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(30)
  })
})

it('DisjointSets joins what is connected', () => {
  const joins = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 15 })
  fc.assert(
    fc.property(joins, (joins) => {
      const sets = new DisjointSets(12)
      let labels = Array.from({ length: 12 }, (_, i) => i)
      for (const [i, j] of joins) {
        const [a, b] = [sets.find(i), sets.find(j)]
        if (a !== b) sets.union(a, b)
        const [from, to] = [labels[i]!, labels[j]!]
        labels = labels.map((label) => (label === from ? to : label))
      }
      for (const i of labels.keys()) {
        expect(sets.sizeOf(sets.find(i))).toBe(labels.filter((label) => label === labels[i]).length)
        for (const j of labels.keys()) expect(sets.find(i) === sets.find(j)).toBe(labels[i] === labels[j])
      }
    }),
  )
})

it('gaussianBlur spreads a point as a Gaussian, and keeps what is even', () => {
  const [point] = gaussianBlur(
    grey(21, 21, (x, y) => (x === 10 && y === 10 ? 1 : 0)),
    1.5,
  ).channels
  const density = (x: number, y: number): number => Math.exp(-(x * x + y * y) / 4.5) / (4.5 * Math.PI)
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [2, 3],
  ] as const)
    expect(point![(10 + y) * 21 + 10 + x]).toBeCloseTo(density(x, y), 3)
  expectNear(
    gaussianBlur(
      grey(5, 3, () => 7),
      2,
    ).channels[0]!,
    new Array(15).fill(7),
    1e-5,
  )
})

describe('planesOf', () => {
  const image = {
    width: 5,
    height: 1,
    data: Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128, 255, 255, 255]),
  }
  const pixel = (space: Parameters<typeof planesOf>[1], i: number): number[] =>
    planesOf(image, space).channels.map((plane) => plane[i]!)

  it('knows hue, saturation and value', () => {
    expectNear(pixel('hsv', 0), [0, 255, 255])
    expectNear(pixel('hsv', 1), [85, 255, 255])
    expectNear(pixel('hsv', 2), [170, 255, 255])
    expectNear(pixel('hsv', 3), [0, 0, 128])
  })

  it('knows CIE Lab', () => {
    // Red is (53.24, 80.09, 67.20), blue (32.30, 79.19, −107.86), white (100, 0, 0).
    expectNear(pixel('lab', 0), [53.24 * 2.55, 80.09 + 128, 67.2 + 128], 0.1)
    expectNear(pixel('lab', 2), [32.3 * 2.55, 79.19 + 128, -107.86 + 128], 0.1)
    expectNear(pixel('lab', 4), [255, 128, 128], 0.1)
  })

  it('knows the others, and says what there is', () => {
    expect(pixel('rgb', 1)).toEqual([0, 255, 0])
    expect(pixel('intensity', 0)).toEqual([85])
    expect(pixel('normalized-rgb', 3)).toEqual([85, 85, 128])
    expect(() => planesOf(image, 'cmyk' as 'rgb')).toThrow("selectiveSearch: there is no colour space 'cmyk'")
    expect(() => planesOf({ ...image, width: 4 }, 'rgb')).toThrow(
      'selectiveSearch: an image of 4 × 1 has 12 bytes (red, green, blue); got 15.',
    )
  })
})
