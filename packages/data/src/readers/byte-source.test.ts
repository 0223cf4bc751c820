import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataFormatError } from '../data-format-error.ts'
import { nameOfSource, readAllBytes } from './byte-source.ts'

const read = (bytes: Uint8Array, limit?: number) => readAllBytes(bytes, 'x.gz', limit)

test('gzipped bytes are unpacked, others are as they are, however they are cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 40 }), async (bytes, size) => {
      const inPieces = (all: Uint8Array) =>
        async function* () {
          for (let start = 0; start < all.length; start += size) yield all.subarray(start, start + size)
        }
      fc.pre(bytes[0] !== 0x1f)
      expect(await readAllBytes({ name: 'x', open: inPieces(bytes) }, 'x')).toEqual(bytes)
      const packed = new Uint8Array(gzipSync(bytes))
      expect(await readAllBytes({ name: 'x', open: inPieces(packed) }, 'x')).toEqual(bytes)
      expect(await read(packed)).toEqual(bytes)
    }),
    { numRuns: 60 },
  )
})

test('an incomplete file is an error that names it', async () => {
  const packed = gzipSync(new Uint8Array(500).map((_, i) => (i * i) % 251))
  for (const length of [2, 12, packed.length - 8, packed.length - 1])
    await expect(read(packed.subarray(0, length))).rejects.toThrow('x.gz: the gzip data is damaged')
})

test('a flipped byte in the data or the checksum is an error', async () => {
  const packed = gzipSync(new Uint8Array(500).map((_, i) => (i * i) % 251))
  for (const at of [20, packed.length - 6]) {
    const damaged = Uint8Array.from(packed)
    damaged[at]! ^= 0xff
    await expect(read(damaged)).rejects.toThrow(DataFormatError)
  }
})

test('unpacking stops at the limit', async () => {
  await expect(read(gzipSync(new Uint8Array(1001)), 1000)).rejects.toThrow('x.gz: has more than 1000 bytes')
  await expect(read(gzipSync(new Uint8Array(50_000_000)), 1000)).rejects.toThrow('more than 1000 bytes')
})

test('bytes in shared memory can be unpacked too', async () => {
  const packed = gzipSync(Uint8Array.of(1, 2, 3))
  const shared = new Uint8Array(new SharedArrayBuffer(packed.length))
  shared.set(packed)
  expect(await read(shared)).toEqual(Uint8Array.of(1, 2, 3))
})

test('short and empty files, and others that begin like gzip, are not taken for it', async () => {
  for (const bytes of [Uint8Array.of(0, 0, 8, 3), Uint8Array.of(0x1f), new Uint8Array()])
    expect(await read(bytes)).toEqual(bytes)
})

test('sources have the names that they bring', () => {
  expect(nameOfSource(new File([], 'a.csv'), 'data')).toBe('a.csv')
  expect(nameOfSource(new URL('https://example.org/a.csv'), 'data')).toBe('https://example.org/a.csv')
  expect(nameOfSource({ name: 'b.csv', open: () => new Blob() }, 'data')).toBe('b.csv')
  expect(nameOfSource(new Blob(), 'data')).toBe('data')
})
