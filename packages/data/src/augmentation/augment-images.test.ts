import { tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import type { Dataset, InMemoryDataset } from '../datasets/dataset.ts'
import { split } from '../datasets/split.ts'
import { tensorDataset } from '../datasets/tensor-dataset.ts'
import { drawDigits } from '../images/digits/draw-digits.ts'
import { imageDataset } from '../images/image-dataset.ts'
import { randomOfExample } from '../random/random-of-example.ts'
import { batches } from '../streams/batches.ts'
import { augmentImages } from './augment-images.ts'
import { augmentInOrder } from './augmentation.ts'
import { randomCrop, randomHorizontalFlip, randomResizedCrop } from './flips-and-crops.ts'
import { mixUp } from './mix-up.ts'

const digits = imageDataset(drawDigits({ count: 12, seed: 1 }))
const augmented = augmentImages(digits, augmentInOrder(randomCrop({ padding: 3 }), randomHorizontalFlip()), { seed: 4 })

test('an image is augmented by its position and the epoch, in whatever batch and order it comes', () => {
  const all = augmented
    .take(
      Array.from({ length: 12 }, (_, i) => i),
      3,
    )[0]
    .dataSync()
  for (const [position] of Array.from({ length: 12 }).entries()) {
    const [image] = augmented.take([11, position], 3)
    expect(image.dataSync().slice(784)).toEqual(all.slice(784 * position, 784 * (position + 1)))
  }
  expect(augmented.take([0], 4)[0].dataSync()).not.toEqual(augmented.take([0], 3)[0].dataSync())
})

test('batches are augmented anew in every epoch, and resume exactly', async () => {
  const build = () => batches(augmented, { batchSize: 5, shuffle: true }).map(([images]) => [...images.dataSync()])
  const whole = build()
  const [first, second] = [await whole.toArray(), await whole.toArray()]
  const stopped = build()
  for await (const _ of stopped) break
  const resumed = build().resume(stopped.state())
  expect(await resumed.toArray()).toEqual(first.slice(1))
  expect(await resumed.toArray()).toEqual(second)
})

test('labels stay as they are, parts and slow data sets too', async () => {
  expect(augmented.take([3, 5])[1].dataSync()).toEqual(digits.take([3, 5])[1].dataSync())
  const [part] = split(digits, [6, 6])
  expect(augmentImages(part, randomCrop({ padding: 1 })).length).toBe(6)
  const slow = { length: 12, take: async (at: ArrayLike<number>) => digits.take(at) } as Dataset<
    typeof digits extends InMemoryDataset<infer Fields> ? Fields : never
  >
  const [images] = await augmentImages(slow, randomResizedCrop({ height: 9, width: 8 })).take([1, 2])
  expect(images.shape).toEqual([2, 1, 9, 8])
  expect(augmented.take([])[0].shape).toEqual([0, 1, 28, 28])
})

test('what are no images of one size is an error', () => {
  const table = tensorDataset(tensor([[1, 2]]))
  expect(() => augmentImages(table, (image) => image).take([0])).toThrow('it is float32 [1, 2]')
  let width = 1
  const growing = augmentImages(digits, (image) => ({
    ...image,
    width: width++,
    height: 1,
    pixels: new Uint8Array(width - 1),
  }))
  expect(() => growing.take([0, 1])).toThrow('1 × 1 × 1 and 1 × 1 × 2; images of a batch must have one size')
})

describe('mixUp', () => {
  const numbers = tensorDataset(tensor([[0], [10], [20], [30]]), tensor(Int32Array.of(0, 1, 2, 3)))

  test('inputs and labels are mixed by the same share, of two examples', () => {
    const mixed = mixUp(numbers, { classes: 4, alpha: 1 })
    for (let epoch = 0; epoch < 20; epoch++) {
      const [x, shares] = mixed.take([0, 1, 2, 3], epoch)
      const values = x.toArraySync() as number[][]
      for (const [row, classes] of shares.toArraySync().entries()) {
        expect(classes.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
        expect(classes.filter((share) => share > 0).length).toBeLessThanOrEqual(2)
        expect(values[row]![0]).toBeCloseTo(
          classes.reduce((sum, share, label) => sum + 10 * label * share, 0),
          4,
        )
      }
    }
  })

  test('shares are Beta(α, α): mean ½ and variance 1 / (4 (2α + 1)); the same in any batch', () => {
    for (const alpha of [0.2, 1, 2]) {
      const two = tensorDataset(tensor([[0], [1]]), tensor(Int32Array.of(0, 1)))
      const mixed = mixUp(two, { classes: 2, alpha, seed: 3 })
      const shares: number[] = []
      for (let epoch = 0; shares.length < 2000; epoch++) {
        const [x] = mixed.take([0, 1], epoch)
        const [first, second] = x.dataSync()
        // Mixed with itself, an example says nothing of its share.
        if (first !== 0) shares.push(1 - first!)
        if (second !== 1) shares.push(second!)
      }
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
      const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.04)
      expect(Math.abs(variance - 1 / (4 * (2 * alpha + 1)))).toBeLessThan(0.02)
      expect(mixed.take([1, 0], 5)[0].dataSync()[1]).toBe(mixed.take([0], 5)[0].dataSync()[0])
    }
  })

  test('an alpha that makes no sense is an error', () => {
    expect(() => mixUp(numbers, { classes: 4, alpha: 0 })).toThrow('got 0')
    expect(() => randomOfExample(0, { epoch: 2 ** 21, index: 0 })).toThrow('epoch must be below')
  })
})
