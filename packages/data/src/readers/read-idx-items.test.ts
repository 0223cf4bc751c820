import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parseIdx } from './idx-file.ts'
import { readIdxItems } from './read-idx-items.ts'

// Three items of 2 × 2 bytes, and three of one int16.
const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
const shorts = Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 3, 0, 1, 1, 0, 0xff, 0xff)

const inPieces = (bytes: Uint8Array, size: number) => ({
  name: 'a.idx',
  async *open() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  },
})

test('items are those of the whole, however the bytes are cut into pieces, plain or gzipped', async () => {
  const whole = parseIdx(images)
  for (const size of [1, 3, 5, 100]) {
    const items = await readIdxItems(inPieces(images, size)).toArray()
    expect(items.map(({ shape }) => shape)).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ])
    expect(items.flatMap(({ data }) => [...data])).toEqual([...whole.data])
  }
  expect(await readIdxItems(gzipSync(images)).toArray()).toHaveLength(3)
  expect((await readIdxItems(shorts).toArray()).map(({ data, dtype, shape }) => [...data, dtype, ...shape])).toEqual([
    [1, 'int32'],
    [256, 'int32'],
    [-1, 'int32'],
  ])
})

test('a truncated file is an error at the item that is not there, and one too long after the last', async () => {
  const stream = readIdxItems(inPieces(images.subarray(0, 22), 4))
  const seen: number[] = []
  await expect(
    (async () => {
      for await (const { data } of stream) seen.push(data[0]!)
    })(),
  ).rejects.toThrow('a.idx: truncated: item 1 of 3 has 4 bytes, but the file ends after 2 of them.')
  expect(seen).toEqual([1])
  await expect(readIdxItems(Uint8Array.of(...images, 1)).toArray()).rejects.toThrow('too long: bytes follow the last')
  await expect(readIdxItems(images.subarray(0, 9)).toArray()).rejects.toThrow('truncated: its header has 12 bytes')
  await expect(readIdxItems(Uint8Array.of(1, 2, 3, 4)).toArray()).rejects.toThrow()
})
