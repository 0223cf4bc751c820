import { expect, it } from 'vitest'
import { overlapOf } from '../boxes/box-array.ts'
import { imageTensor } from '../images/colour-image.ts'
import { drawScenes } from './draw-scenes.ts'

it('draws the same scenes from a seed, others from another', () => {
  const scenes = drawScenes({ count: 3, seed: 5, size: 32 })
  expect(drawScenes({ count: 3, seed: 5, size: 32 })).toEqual(scenes)
  expect(drawScenes({ count: 1, seed: 5, size: 32 })).toEqual(scenes.slice(0, 1))
  expect(drawScenes({ count: 1, seed: 6, size: 32 })).not.toEqual(scenes.slice(0, 1))
})

it('draws shapes of all classes that hardly overlap, inside of the image', () => {
  const scenes = drawScenes({ count: 60, seed: 1 })
  expect(new Set(scenes.flatMap(({ classes }) => [...Array.from(classes)]))).toEqual(new Set([1, 2, 3]))
  for (const { boxes, classes } of scenes) {
    expect(boxes.length).toBe(4 * classes.length)
    for (let i = 0; i < classes.length; i++) {
      expect(Math.min(...Array.from(boxes).slice(4 * i, 4 * i + 4))).toBeGreaterThan(0)
      expect(Math.max(...Array.from(boxes).slice(4 * i, 4 * i + 4))).toBeLessThan(64)
      for (let j = 0; j < i; j++) expect(overlapOf(boxes, i, boxes, j)).toBeLessThanOrEqual(0.1 + 1e-6)
    }
  }
})

it('puts boxes tightly around shapes', () => {
  for (const { data, boxes, width } of drawScenes({ count: 20, seed: 2, mostShapes: 1, noise: 0 })) {
    // The ground changes by less than 2 from a pixel to the next, a shape's edge by more.
    const isEdge = (i: number): boolean =>
      [3, 3 * width].some((step) => [0, 1, 2].some((c) => Math.abs(data[i + c]! - data[i + c - step]!) > 8))
    const edges: number[] = []
    for (let row = 1; row < width; row++)
      for (let column = 1; column < width; column++) if (isEdge(3 * (row * width + column))) edges.push(row, column)
    const rows = edges.filter((_, i) => i % 2 === 0)
    const columns = edges.filter((_, i) => i % 2 === 1)
    const found = [Math.min(...columns), Math.min(...rows), Math.max(...columns), Math.max(...rows)]
    for (const [k, place] of found.entries()) expect(Math.abs(place - boxes[k]!)).toBeLessThanOrEqual(2)
  }
})

it('checks its numbers', () => {
  expect(() => drawScenes({ count: 1.5 })).toThrow('drawScenes: count must be an integer of at least 0; got 1.5.')
  expect(() => drawScenes({ count: 1, size: 8 })).toThrow('drawScenes: size must be an integer of at least 16; got 8.')
})

it('imageTensor puts channels first', async () => {
  const data = Uint8Array.from([0, 64, 128, 255, 127, 1])
  const image = imageTensor([{ width: 2, height: 1, data }])
  expect(image.shape).toEqual([1, 3, 1, 2])
  const wanted = [0, 255, 64, 127, 128, 1].map((byte) => (byte - 127.5) / 64)
  expect([...(await image.data())]).toEqual(wanted.map(Math.fround))
  expect(() => imageTensor([])).toThrow('imageTensor: needs at least one image.')
  expect(() => imageTensor([{ width: 2, height: 2, data }])).toThrow('imageTensor: image 0 is 2 × 2 with 6 bytes')
})
