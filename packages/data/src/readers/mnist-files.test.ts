import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readMnistFiles } from './mnist-files.ts'

const images = (count: number): Uint8Array =>
  Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 1, 0, 0, 0, 2, ...new Array<number>(2 * count).fill(count))
const labels = (count: number): Uint8Array =>
  Uint8Array.of(0, 0, 8, 1, 0, 0, 0, count, ...new Array<number>(count).fill(1))

const files: Record<string, Uint8Array> = {
  'train-images-idx3-ubyte': images(3),
  'train-labels-idx1-ubyte.gz': gzipSync(labels(3)),
  't10k-images-idx3-ubyte.gz': gzipSync(images(2)),
  't10k-labels-idx1-ubyte': labels(2),
}

test('the four files are found under their standard names, plain or gzipped', async () => {
  const { train, test } = await readMnistFiles(async (name) => files[name])
  expect(train).toMatchObject({ count: 3, height: 1, width: 2, images: new Uint8Array(6).fill(3) })
  expect(test).toMatchObject({ count: 2, labels: Uint8Array.of(1, 1) })
})

test('a missing file is an error with its name', async () => {
  const { 't10k-labels-idx1-ubyte': _, ...rest } = files
  await expect(readMnistFiles(async (name) => rest[name])).rejects.toThrow(
    't10k-labels-idx1-ubyte: missing; neither t10k-labels-idx1-ubyte nor t10k-labels-idx1-ubyte.gz was found.',
  )
})

test('a file under the name of another is an error with its name', async () => {
  const swapped: Record<string, Uint8Array> = { ...files, 'train-images-idx3-ubyte': labels(3) }
  await expect(readMnistFiles(async (name) => swapped[name])).rejects.toThrow(
    'train-images-idx3-ubyte: images are uint8 with 3 axes',
  )
})

const folder = join(import.meta.dirname, '../../../../../shared/data/mnist')

describe.skipIf(!existsSync(folder))('MNIST (skipped where ../shared/data/mnist is absent)', () => {
  test('is read with its counts, sizes and known statistics', async () => {
    const { train, test } = await readMnistFiles(async (name) => {
      const path = join(folder, name)
      return existsSync(path) ? readFileSync(path) : undefined
    })
    expect([train.count, train.height, train.width, test.count]).toEqual([7000, 28, 28, 1000])
    expect(new Set(train.labels)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
    const mean = train.images.reduce((sum, value) => sum + value, 0) / train.images.length / 255
    // 0.1307 on all of MNIST; these are some of its test images.
    expect(mean).toBeGreaterThan(0.125)
    expect(mean).toBeLessThan(0.14)
  })
})
