import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataFormatError } from '../data-format-error.ts'
import { parseIdx, readIdx } from './idx-file.ts'

function idx(type: number, shape: readonly number[], data: readonly number[]): Uint8Array {
  return Uint8Array.of(
    0,
    0,
    type,
    shape.length,
    ...shape.flatMap((n) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]),
    ...data,
  )
}

const shapeWithin = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 })

test('bytes of any shape are read as they were written, plain or gzipped', async () => {
  await fc.assert(
    fc.asyncProperty(shapeWithin, fc.nat(), async (shape, seed) => {
      const size = shape.reduce((product, length) => product * length, 1)
      const data = Array.from({ length: size }, (_, i) => (seed + 31 * i) & 255)
      const file = idx(8, shape, data)
      const expected = { dtype: 'uint8', shape, data: Uint8Array.from(data) }
      expect(parseIdx(file)).toEqual(expected)
      expect(await readIdx(file)).toEqual(expected)
      expect(await readIdx(gzipSync(file))).toEqual(expected)
    }),
    { numRuns: 50 },
  )
})

test('every element type is read big-endian', () => {
  expect(parseIdx(idx(0x09, [3], [0, 127, 0x80]))).toEqual({
    dtype: 'int32',
    shape: [3],
    data: Int32Array.of(0, 127, -128),
  })
  expect(parseIdx(idx(0x0b, [2], [1, 2, 0xff, 0xfe])).data).toEqual(Int32Array.of(258, -2))
  expect(parseIdx(idx(0x0c, [1, 2], [0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff])).data).toEqual(Int32Array.of(256, -1))
  expect(parseIdx(idx(0x0d, [2], [0x3f, 0x80, 0, 0, 0xc0, 0x20, 0, 0])).data).toEqual(Float32Array.of(1, -2.5))
  expect(parseIdx(idx(0x0e, [1], [0x3f, 0xf8, 0, 0, 0, 0, 0, 0])).data).toEqual(Float64Array.of(1.5))
})

test('a file inside a larger buffer is read from where it starts, and copied', () => {
  const file = idx(8, [3], [7, 8, 9])
  const larger = new Uint8Array(file.length + 5)
  larger.set(file, 5)
  const { data } = parseIdx(larger.subarray(5))
  larger.fill(0)
  expect(data).toEqual(Uint8Array.of(7, 8, 9))
})

test('a truncated file is an error with both numbers', () => {
  expect(() => parseIdx(idx(8, [2, 3], [1, 2, 3, 4, 5]), 'a.idx')).toThrow(
    'a.idx: truncated: the header promises [2, 3] elements of 1 byte(s), 6 bytes in all, but 5 follow it.',
  )
  expect(() => parseIdx(Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1), 'a.idx')).toThrow('a header of 3 axes has 16 bytes')
  expect(() => parseIdx(Uint8Array.of(0, 0, 8), 'a.idx')).toThrow('3 bytes are too few')
})

test('bytes after the data are an error', () => {
  expect(() => parseIdx(idx(8, [2], [1, 2, 3]), 'a.idx')).toThrow('a.idx: too long')
})

test('sizes whose product no machine could hold are a truncated file, not a crash', () => {
  for (const shape of [
    [2 ** 32 - 1, 2 ** 32 - 1],
    new Array<number>(255).fill(2 ** 32 - 1),
    [...new Array<number>(254).fill(2 ** 32 - 1), 0],
  ])
    expect(() => parseIdx(idx(8, shape, []))).toThrow(DataFormatError)
})

test('another magic number is an error that shows it', () => {
  expect(() => parseIdx(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0), 'a.png')).toThrow(
    'a.png: not an IDX file: it begins with 89504e47',
  )
  expect(() => parseIdx(idx(0x0a, [1], [1]))).toThrow('begins with 00000a01')
  expect(() => parseIdx(idx(8, [], [1]))).toThrow('begins with 00000800')
})

test('random bytes give an array or a DataFormatError, nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.boolean(), async (bytes, withMagic) => {
      if (withMagic) bytes.set([0, 0, 8].slice(0, bytes.length))
      await readIdx(bytes).catch((error) => expect(error).toBeInstanceOf(DataFormatError))
    }),
    { numRuns: 300 },
  )
})
