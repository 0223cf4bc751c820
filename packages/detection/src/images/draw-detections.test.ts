import { expect, it } from 'vitest'
import { drawDetections, tileImages } from './draw-detections.ts'

const image = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => i) }

it('draws frames in the colour of the class on an enlarged image', () => {
  const drawn = drawDetections(image, { boxes: [0.5, 0.5, 2, 1.5], classes: [2] }, { scale: 2 })
  expect([drawn.width, drawn.height]).toEqual([6, 4])
  const pixel = (x: number, y: number): number[] => [...drawn.data.slice(3 * (y * 6 + x), 3 * (y * 6 + x) + 3)]
  // From (1, 1) to (4, 3), both included.
  for (let y = 0; y < 4; y++)
    for (let x = 0; x < 6; x++) {
      const isFrame = x >= 1 && x <= 4 && y >= 1 && y <= 3 && (x === 1 || x === 4 || y === 1 || y === 3)
      const from = 3 * (3 * (y >> 1) + (x >> 1))
      expect(pixel(x, y)).toEqual(isFrame ? [60, 220, 60] : [from, from + 1, from + 2])
    }
  expect(() => drawDetections(image, { boxes: [], classes: [] }, { scale: 0.5 })).toThrow(
    'drawDetections: scale must be a positive integer; got 0.5.',
  )
})

it('puts images side by side', () => {
  const other = { ...image, data: image.data.map((byte) => byte + 100) }
  const tiled = tileImages([image, other, image], 2)
  expect([tiled.width, tiled.height]).toEqual([6, 4])
  expect([...tiled.data.subarray(0, 18)]).toEqual([...image.data.subarray(0, 9), ...other.data.subarray(0, 9)])
  expect([...tiled.data.subarray(36, 54)]).toEqual([...image.data.subarray(0, 9), ...new Array(9).fill(0)])
  expect(() => tileImages([image, { ...image, width: 2 }], 2)).toThrow('tileImages: image 1 is 2 × 2, the first 3 × 2.')
})
