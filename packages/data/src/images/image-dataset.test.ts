import { expect, test } from 'vitest'
import { drawDigits } from './digits/draw-digits.ts'
import { imageDataset } from './image-dataset.ts'

test('images become bytes with a channel axis, labels int32', () => {
  const digits = drawDigits({ count: 12, seed: 1 })
  const dataset = imageDataset(digits)
  const [images, labels] = dataset.take([3, 11])
  expect(dataset.length).toBe(12)
  expect([images.dtype, images.shape]).toEqual(['uint8', [2, 1, 28, 28]])
  expect([labels.dtype, labels.shape]).toEqual(['int32', [2]])
  expect([...labels.dataSync()]).toEqual([digits.labels[3], digits.labels[11]])
  expect(images.dataSync().slice(784)).toEqual(digits.images.slice(11 * 784, 12 * 784))
})
