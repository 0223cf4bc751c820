import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Image } from '../images/image.ts'
import { RandomStream } from '../random/random-stream.ts'
import { type Augmentation, augmentInOrder, augmentSometimes } from './augmentation.ts'
import { colorJitter } from './color-jitter.ts'
import { cutout } from './cutout.ts'
import { randomCrop, randomHorizontalFlip, randomResizedCrop, randomVerticalFlip } from './flips-and-crops.ts'
import { randomAffine, randomRotation } from './random-affine.ts'

/** Draws the end of every range: what is random becomes certain. */
class Highest extends RandomStream {
  override uniform(_low = 0, high = 1): number {
    return high
  }
}

const image = (channels: number, rows: readonly (readonly number[])[]): Image => ({
  channels,
  height: rows.length / channels,
  width: rows[0]!.length,
  pixels: Uint8Array.from(rows.flat()),
})
const rowsOf = ({ pixels, width }: Image): number[][] =>
  Array.from({ length: pixels.length / width }, (_, y) => [...pixels.subarray(y * width, (y + 1) * width)])

const grid = image(1, [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
])

const anyImage = fc
  .record({
    channels: fc.constantFrom(1, 3, 4),
    height: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 6 }),
  })
  .chain((size) => {
    const count = size.channels * size.height * size.width
    return fc.uint8Array({ minLength: count, maxLength: count }).map((pixels): Image => ({ ...size, pixels }))
  })

const augmentations: Record<string, Augmentation> = {
  randomCrop: randomCrop({ padding: 2 }),
  randomHorizontalFlip: randomHorizontalFlip(),
  randomVerticalFlip: randomVerticalFlip(),
  randomRotation: randomRotation(30),
  randomAffine: randomAffine({ degrees: 10, translate: [0.2, 0.1], scale: [0.8, 1.2], shear: 5, fill: 7 }),
  colorJitter: colorJitter({ brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 }),
  cutout: cutout({ size: 2, fill: 9 }),
}

test.for(Object.entries(augmentations))(
  '%s keeps the size, leaves its input alone, and goes by its random numbers alone',
  ([, augment]) => {
    fc.assert(
      fc.property(anyImage, fc.nat(), (image, seed) => {
        const before = Uint8Array.from(image.pixels)
        const once = augment(image, new RandomStream(seed))
        expect(image.pixels).toEqual(before)
        expect({ ...once, pixels: once.pixels.length }).toEqual({ ...image, pixels: before.length })
        expect(augment(image, new RandomStream(seed))).toEqual(once)
      }),
      { numRuns: 50 },
    )
  },
)

test('what changes nothing at its neutral setting changes nothing', () => {
  fc.assert(
    fc.property(anyImage, fc.nat(), (image, seed) => {
      const neutral = [randomCrop({}), randomRotation(0), randomAffine({}), colorJitter({}), randomHorizontalFlip(0)]
      for (const augment of neutral) expect(augment(image, new RandomStream(seed))).toEqual(image)
    }),
  )
})

describe('flips', () => {
  test('mirror, and twice give the image back', () => {
    expect(rowsOf(randomHorizontalFlip(1)(grid, new RandomStream(0)))).toEqual([
      [3, 2, 1],
      [6, 5, 4],
      [9, 8, 7],
    ])
    expect(rowsOf(randomVerticalFlip(1)(grid, new RandomStream(0)))[0]).toEqual([7, 8, 9])
    const twice = augmentInOrder(randomVerticalFlip(1), randomVerticalFlip(1))
    expect(twice(grid, new RandomStream(0))).toEqual(grid)
  })

  test('come as often as their probability says', () => {
    const flip = randomHorizontalFlip(0.3)
    const random = new RandomStream(1)
    let flips = 0
    for (let i = 0; i < 2000; i++) if (flip(grid, random) !== grid) flips++
    // 600 expected, with a deviation of 20.5.
    expect(Math.abs(flips - 600)).toBeLessThan(90)
    expect(() => augmentSometimes(1.5, flip)).toThrow('from 0 to 1; got 1.5')
  })
})

describe('crops', () => {
  test('every shift by up to the padding comes about', () => {
    const seen = new Set<string>()
    const crop = randomCrop({ padding: 1 })
    const random = new RandomStream(5)
    for (let i = 0; i < 300; i++) seen.add(String(rowsOf(crop(grid, random))))
    expect(seen.size).toBe(9)
    expect(seen).toContain('0,0,0,0,1,2,0,4,5')
    expect(seen).toContain('1,2,3,4,5,6,7,8,9')
  })

  test('a part of a given size is within the image; one too large is an error', () => {
    expect(rowsOf(randomCrop({ height: 1, width: 3 })(grid, new RandomStream(1)))[0]![0]! % 3).toBe(1)
    expect(() => randomCrop({ height: 6, padding: 1 })(grid, new RandomStream(1))).toThrow('6 × 3 is larger than 3 × 3')
  })

  test('resized crops have the size asked for, and the whole where no part fits', () => {
    fc.assert(
      fc.property(anyImage, fc.nat(), (image, seed) => {
        const crop = randomResizedCrop({ height: 4, width: 2 })(image, new RandomStream(seed))
        expect([crop.channels, crop.height, crop.width]).toEqual([image.channels, 4, 2])
      }),
    )
  })
})

describe('affine maps', () => {
  test('a quarter turn is exact, and turns about the middle', () => {
    const turned = rowsOf(randomRotation(90)(grid, new Highest(0)))
    expect([
      [
        [7, 4, 1],
        [8, 5, 2],
        [9, 6, 3],
      ],
      [
        [3, 6, 9],
        [2, 5, 8],
        [1, 4, 7],
      ],
    ]).toContainEqual(turned)
  })

  test('shifts by whole pixels are exact, with the fill value behind', () => {
    const shift = randomAffine({ translate: [1 / 3, 2 / 3], fill: 50 })
    expect(rowsOf(shift(grid, new Highest(0)))).toEqual([
      [50, 50, 50],
      [50, 50, 1],
      [50, 50, 4],
    ])
  })

  test('twice the size shows the middle, bilinear between pixels', () => {
    const wide = image(1, [[0, 100, 200, 100]])
    expect(rowsOf(randomAffine({ scale: [2, 2] })(wide, new RandomStream(0)))).toEqual([[75, 125, 175, 175]])
  })

  test('a shear moves rows by their distance from the middle', () => {
    const sheared = rowsOf(randomAffine({ shear: 45 })(grid, new Highest(0)))
    expect([
      [
        [2, 3, 0],
        [4, 5, 6],
        [0, 7, 8],
      ],
      [
        [0, 1, 2],
        [4, 5, 6],
        [8, 9, 0],
      ],
    ]).toContainEqual(sheared)
  })
})

describe('colours', () => {
  const pixel = (...values: number[]): Image => ({
    channels: values.length,
    height: 1,
    width: 1,
    pixels: Uint8Array.from(values),
  })

  test('brightness multiplies, contrast and saturation move from grey', () => {
    expect([...colorJitter({ brightness: 0.5 })(pixel(10, 100, 200, 30), new Highest(0)).pixels]).toEqual([
      15, 150, 255, 30,
    ])
    expect([...colorJitter({ contrast: 1 })(image(1, [[100, 200]]), new Highest(0)).pixels]).toEqual([50, 250])
    // Grey: 0.299 · 100 + 0.587 · 50 + 0.114 · 0 = 59.
    expect([...colorJitter({ saturation: 1 })(pixel(100, 50, 0), new Highest(0)).pixels]).toEqual([141, 41, 0])
    expect(colorJitter({ saturation: 1, hue: 0.5 })(grid, new Highest(0))).toEqual(grid)
  })

  // Python's colorsys: rgb_to_hsv, hue + 1/3, hsv_to_rgb.
  test.for([
    [[200, 50, 100], 1 / 3, [100, 200, 50]],
    [[10, 240, 30], 1 / 3, [30, 10, 240]],
    [[90, 90, 90], 1 / 3, [90, 90, 90]],
    [[0, 0, 255], 0.2, [255, 0, 204]],
  ] as const)('hue %j', ([colour, hue, expected]) => {
    expect([...colorJitter({ hue })(pixel(...colour), new Highest(0)).pixels]).toEqual(expected)
    expect(() => colorJitter({ hue: 0.6 })).toThrow('got 0.6')
  })
})

test('a cutout is a square, cut off at the edges', () => {
  const seen = new Set<number>()
  const random = new RandomStream(2)
  for (let i = 0; i < 200; i++) {
    const rows = rowsOf(cutout({ size: 2 })(grid, random))
    const out = rows.flat().filter((value) => value === 0).length
    seen.add(out)
  }
  expect([...seen].sort()).toEqual([1, 2, 4])
  expect(() => cutout({ size: 0 })).toThrow('got 0')
})
