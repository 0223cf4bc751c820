import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { drawDigitSets, readDigitSets } from './digit-sets.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'digit-sets-'))
  for (const [part, count] of [
    ['train', 3],
    ['t10k', 2],
  ] as const) {
    await writeFile(join(folder, `${part}-images-idx3-ubyte`), images(count, 28))
    await writeFile(
      join(folder, `${part}-labels-idx1-ubyte`),
      Uint8Array.of(0, 0, 8, 1, 0, 0, 0, count, ...new Array<number>(count).fill(7)),
    )
  }
})

afterEach(() => rm(folder, { recursive: true }))

function images(count: number, side: number): Uint8Array {
  const file = new Uint8Array(16 + count * side * side)
  file.set([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, side, 0, 0, 0, side])
  return file
}

test('a folder of MNIST-format files is read', async () => {
  const { train, test } = await readDigitSets(folder)
  expect(train).toMatchObject({ count: 3, height: 28, width: 28 })
  expect([...test.labels]).toEqual([7, 7])
})

test('a folder that does not exist, or is a file, is an error that names it', async () => {
  const missing = join(folder, 'none')
  await expect(readDigitSets(missing)).rejects.toThrow(`--data ${missing}: there is no such folder.`)
  await expect(readDigitSets(join(folder, 'train-images-idx3-ubyte'))).rejects.toThrow('there is no such folder')
})

test('a missing, truncated or mislabelled file is an error that names folder and file', async () => {
  await writeFile(join(folder, 't10k-images-idx3-ubyte'), images(2, 28).subarray(0, 1000))
  await expect(readDigitSets(folder)).rejects.toThrow(`--data ${folder}: t10k-images-idx3-ubyte: truncated`)
  await copyFile(join(folder, 't10k-labels-idx1-ubyte'), join(folder, 't10k-images-idx3-ubyte'))
  await expect(readDigitSets(folder)).rejects.toThrow('a labels file?')
  await rm(join(folder, 't10k-images-idx3-ubyte'))
  await expect(readDigitSets(folder)).rejects.toThrow('t10k-images-idx3-ubyte: missing')
})

test('images of another size are an error with both sizes', async () => {
  await writeFile(join(folder, 'train-images-idx3-ubyte'), images(3, 32))
  await expect(readDigitSets(folder)).rejects.toThrow('the train part has 3 of 32 × 32')
})

test('an unreadable file is an error, not a crash', async () => {
  await rm(join(folder, 'train-images-idx3-ubyte'))
  const { mkdir } = await import('node:fs/promises')
  await mkdir(join(folder, 'train-images-idx3-ubyte'))
  await expect(readDigitSets(folder)).rejects.toThrow('cannot be read')
})

test('drawn test digits are none of the training digits', () => {
  const { train, test } = drawDigitSets(1)
  const seen = new Set<string>()
  for (const { images, count } of [train, test])
    for (let i = 0; i < count; i++) seen.add(Buffer.from(images.subarray(784 * i, 784 * i + 784)).toString('latin1'))
  expect(seen.size).toBe(train.count + test.count)
})
