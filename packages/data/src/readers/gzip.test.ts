import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataFormatError } from '../data-format-error.ts'
import { gunzip, isGzip } from './gzip.ts'

const options = { name: 'x.gz', limit: 1000 }

test('what was packed is unpacked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 1000 }), async (bytes) => {
      const packed = new Uint8Array(gzipSync(bytes))
      expect(isGzip(packed)).toBe(true)
      expect(await gunzip(packed, options)).toEqual(bytes)
    }),
    { numRuns: 30 },
  )
})

test('an incomplete file is an error that names it', async () => {
  const packed = gzipSync(new Uint8Array(500).map((_, i) => (i * i) % 251))
  for (const length of [2, 12, packed.length - 8, packed.length - 1])
    await expect(gunzip(packed.subarray(0, length), options)).rejects.toThrow('x.gz: the gzip data is damaged')
})

test('a flipped byte in the data or the checksum is an error', async () => {
  const packed = gzipSync(new Uint8Array(500).map((_, i) => (i * i) % 251))
  for (const at of [20, packed.length - 6]) {
    const damaged = Uint8Array.from(packed)
    damaged[at]! ^= 0xff
    await expect(gunzip(damaged, options)).rejects.toThrow(DataFormatError)
  }
})

test('unpacking stops at the limit', async () => {
  await expect(gunzip(gzipSync(new Uint8Array(1001)), options)).rejects.toThrow('x.gz: unpacks to more than 1000 bytes')
  await expect(gunzip(gzipSync(new Uint8Array(50_000_000)), options)).rejects.toThrow('more than 1000 bytes')
})

test('bytes in shared memory can be unpacked too', async () => {
  const packed = gzipSync(Uint8Array.of(1, 2, 3))
  const shared = new Uint8Array(new SharedArrayBuffer(packed.length))
  shared.set(packed)
  expect(await gunzip(shared, options)).toEqual(Uint8Array.of(1, 2, 3))
})

test('other bytes are not taken for gzip', () => {
  expect(isGzip(Uint8Array.of(0, 0, 8, 3))).toBe(false)
  expect(isGzip(Uint8Array.of(0x1f))).toBe(false)
  expect(isGzip(new Uint8Array())).toBe(false)
})
