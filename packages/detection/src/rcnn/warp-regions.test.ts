import { type Tensor, tensor } from '@neurite/tensor'
import { expect, it } from 'vitest'
import { expectNear } from '../test/expect-near.ts'
import { warpRegions } from './warp-regions.ts'

// Pixel (row, column) is 10 · row + column.
const image: Tensor = tensor(
  Float32Array.from({ length: 64 }, (_, i) => 10 * (i >> 3) + (i & 7)),
  { shape: [1, 1, 8, 8] },
)

it('cuts out a region of its own size', () => {
  const warped = warpRegions(image, tensor([[[2, 3, 5, 6]]]) as Tensor, { size: 3 })
  expect([...warped.dataSync()]).toEqual([32, 33, 34, 42, 43, 44, 52, 53, 54])
})

it('stretches a region to a square', () => {
  // 4 wide, 2 high to 2 × 2: means of neighbours in a row.
  const warped = warpRegions(image, tensor([[[0, 0, 4, 2]]]) as Tensor, { size: 2 })
  expectNear(warped.dataSync(), [0.5, 2.5, 10.5, 12.5], 1e-5)
})

it('shows what is beside, and 0 beyond the image', () => {
  const beside = warpRegions(image, tensor([[[2, 3, 4, 5]]]) as Tensor, { size: 4, context: 1 })
  expectNear(beside.dataSync(), [21, 22, 23, 24, 31, 32, 33, 34, 41, 42, 43, 44, 51, 52, 53, 54], 1e-5)
  const corner = warpRegions(image, tensor([[[0, 0, 2, 2]]]) as Tensor, { size: 10, context: 4 })
  expect(corner.dataSync()[0]).toBe(0)
  expect(() => warpRegions(image, tensor([[[0, 0, 2, 2]]]) as Tensor, { size: 4, context: 2 })).toThrow(
    'warpRegions: context must be at least 0 and less than half of size 4; got 2.',
  )
})
