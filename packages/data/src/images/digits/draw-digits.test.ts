import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawDigits } from './draw-digits.ts'

const set = drawDigits({ count: 2000, seed: 1 })

test('the first thousand digits of seed 1 are these, on every machine', () => {
  const hash = createHash('sha256').update(set.images.subarray(0, 784_000)).update(set.labels.subarray(0, 1000))
  expect(hash.digest('hex')).toBe('0a4856c893934657d6ef2c866a83504019574dad098c376a627e6c2c8231d85d')
})

test('every ten images hold each digit once, in changing order', () => {
  const orders = new Set<string>()
  for (let start = 0; start < set.count; start += 10) {
    const ten = [...set.labels.subarray(start, start + 10)]
    orders.add(ten.join())
    expect(ten.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  }
  expect(orders.size).toBe(200)
})

test('a longer set begins with the shorter one', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), fc.maxSafeInteger(), (a, b, seed) => {
      const [short, long] = [Math.min(a, b), Math.max(a, b)].map((count) => drawDigits({ count, seed }))
      expect(Buffer.compare(long!.images.subarray(0, short!.images.length), short!.images)).toBe(0)
      expect(Buffer.compare(long!.labels.subarray(0, short!.count), short!.labels)).toBe(0)
    }),
    { numRuns: 20 },
  )
})

test('another seed draws other images', () => {
  const other = drawDigits({ count: 100, seed: 2 })
  expect(other.images).not.toEqual(set.images.subarray(0, other.images.length))
})

test('no image appears twice', () => {
  const seen = new Set<string>()
  for (let i = 0; i < set.count; i++)
    seen.add(Buffer.from(set.images.subarray(784 * i, 784 * i + 784)).toString('latin1'))
  expect(seen.size).toBe(set.count)
})

test('ink lies in the middle of the image and hardly ever at its border', () => {
  let border = 0
  let middle = 0
  for (let i = 0; i < set.count; i++)
    for (let row = 0; row < 28; row++)
      for (let column = 0; column < 28; column++) {
        if (set.images[784 * i + 28 * row + column]! < 128) continue
        if (row % 27 === 0 || column % 27 === 0) border++
        else if (row > 4 && row < 23 && column > 4 && column < 23) middle++
      }
  expect(middle / set.count).toBeGreaterThan(60)
  expect(border / set.count).toBeLessThan(0.5)
})

test('a digit can be recognised: its nearest neighbour among other images is mostly the same digit', () => {
  const images = Array.from({ length: 1200 }, (_, i) => coarse(i))
  let right = 0
  for (let i = 0; i < 200; i++) {
    let nearest = 200
    for (let other = 201; other < images.length; other++)
      if (likeness(images[i]!, images[other]!) > likeness(images[i]!, images[nearest]!)) nearest = other
    if (set.labels[nearest] === set.labels[i]) right++
  }
  // Neighbours among a thousand: far from the 10 % of a guess, and no trivial task either.
  expect(right / 200).toBeGreaterThan(0.8)
  expect(right / 200).toBeLessThan(1)
})

/** The image as 14 × 14 means, scaled to length 1. */
function coarse(i: number): Float64Array {
  const cells = new Float64Array(196)
  for (let pixel = 0; pixel < 784; pixel++)
    cells[14 * (Math.floor(pixel / 28) >> 1) + ((pixel % 28) >> 1)]! += set.images[784 * i + pixel]!
  const norm = Math.hypot(...cells)
  return cells.map((cell) => cell / norm)
}

function likeness(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}

test('other sizes show the same kind of picture, larger or smaller', () => {
  for (const size of [8, 16, 64]) {
    const { images, height, width, count } = drawDigits({ count: 50, seed: 1, size })
    expect([height, width, images.length]).toEqual([size, size, count * size * size])
    const bright = images.reduce((sum, value) => sum + Number(value > 128), 0) / images.length
    expect(bright).toBeGreaterThan(0.05)
    expect(bright).toBeLessThan(0.3)
  }
})

test('no images are an empty set', () => {
  expect(drawDigits({ count: 0, seed: 1 })).toMatchObject({
    count: 0,
    images: new Uint8Array(),
    labels: new Uint8Array(),
  })
})

test('counts, sizes and seeds that make no sense are errors that show them', () => {
  expect(() => drawDigits({ count: -1, seed: 1 })).toThrow('got -1')
  expect(() => drawDigits({ count: 1.5, seed: 1 })).toThrow('got 1.5')
  expect(() => drawDigits({ count: 1, seed: 1, size: 7 })).toThrow('at least 8')
  expect(() => drawDigits({ count: 1, seed: 0.1 })).toThrow('0.1')
})
