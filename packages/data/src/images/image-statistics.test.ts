import { tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { drawDigits } from './digits/draw-digits.ts'
import { imageStatistics, measureImages, normalizeImages } from './image-statistics.ts'

test('statistics are those of the pixels as numbers from 0 to 1', () => {
  const { mean, standardDeviation } = measureImages(Uint8Array.of(0, 51, 255, 255))
  const [a, b, c, d] = [0, 0.2, 1, 1]
  expect(mean).toBeCloseTo((a + b + c + d) / 4, 12)
  const squares = [a, b, c, d].map((x) => (x - 0.55) ** 2)
  expect(standardDeviation).toBeCloseTo(Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 4), 12)
})

test('the statistics given for drawn digits are those of any of them', () => {
  for (const seed of [1, 2]) {
    const { mean, standardDeviation } = measureImages(drawDigits({ count: 2000, seed }).images)
    expect(mean).toBeCloseTo(imageStatistics.drawnDigits.mean as number, 2)
    expect(standardDeviation).toBeCloseTo(imageStatistics.drawnDigits.standardDeviation as number, 2)
  }
})

test('normalised images have mean 0 and standard deviation 1', () => {
  const { images } = drawDigits({ count: 50, seed: 3 })
  const normalized = normalizeImages(tensor(images, { shape: [50, 1, 28, 28] }), measureImages(images))
  expect([normalized.dtype, normalized.shape]).toEqual(['float32', [50, 1, 28, 28]])
  const values = normalized.dataSync()
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  expect(mean).toBeCloseTo(0, 5)
  expect(Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length)).toBeCloseTo(1, 5)
})

test('channels have statistics of their own', () => {
  const images = tensor(
    [0.5, 1, 2, 3].flatMap((x) => [x, x + 1]),
    { shape: [2, 2, 1, 2] },
  )
  const normalized = normalizeImages(images, { mean: [1, 2], standardDeviation: [0.5, 4] })
  expect([...normalized.dataSync()]).toEqual([-1, 1, -0.25, 0, 2, 4, 0.25, 0.5])
})

test('floating images count from 0 to 1, bytes from 0 to 255', () => {
  const statistics = { mean: 0, standardDeviation: 1 }
  expect([...normalizeImages(tensor([0.25]), statistics).dataSync()]).toEqual([0.25])
  expect([...normalizeImages(tensor(Uint8Array.of(255, 51)), statistics).dataSync()]).toEqual([1, Math.fround(0.2)])
})

test('statistics for other channels than the images have are an error with both', () => {
  expect(() => normalizeImages(tensor([[[1]]]), imageStatistics.imageNet)).toThrow(
    'statistics of 3 channels do not fit images of shape [1, 1, 1]',
  )
})

test('images of one colour cannot be normalized, and the error says so', () => {
  const images = tensor(new Uint8Array(4), { shape: [1, 1, 2, 2] })
  expect(() => normalizeImages(images, measureImages(new Uint8Array(4)))).toThrow(
    'normalizeImages: the standard deviation is 0; are all images of one colour?',
  )
})
