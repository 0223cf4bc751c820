// The IDX format of the MNIST files (LeCun, Cortes & Burges 1998): 0, 0, element type, number of axes, then each axis's size
// as a big-endian uint32, then the elements, big-endian and row-major.

import { DataFormatError } from '../data-format-error.ts'
import { type ByteSource, nameOfSource, readAllBytes } from './byte-source.ts'

export type IdxDType = 'uint8' | 'int32' | 'float32' | 'float64'

/** The contents of an IDX file. Elements of 8 signed or 16 bits are widened to int32. */
export interface IdxArray {
  readonly dtype: IdxDType
  readonly shape: readonly number[]
  readonly data: Uint8Array | Int32Array | Float32Array | Float64Array
}

/**
 * Reads an IDX file, plain or gzipped. `name` is what errors call it; the source's own name if not given.
 * @throws DataFormatError if it is no IDX file, or holds fewer or more bytes than its header says.
 */
export async function readIdx(source: ByteSource, name: string = nameOfSource(source, 'IDX data')): Promise<IdxArray> {
  return parseIdx(await readAllBytes(source, name), name)
}

/**
 * Reads a plain IDX file. `name` is what errors call it.
 * @throws DataFormatError if it is no IDX file, or holds fewer or more bytes than its header says.
 */
export function parseIdx(bytes: Uint8Array, name = 'IDX data'): IdxArray {
  const { format, shape, start } = parseIdxHeader(bytes, name)
  const size = shape.reduce((product, length) => product * length, 1)
  const expected = size * format.bytes
  const present = bytes.length - start
  if (present !== expected)
    throw new DataFormatError(
      `${name}: ${present < expected ? 'truncated' : 'too long'}: the header promises [${shape.join(', ')}] elements of ` +
        `${format.bytes} byte(s), ${expected} bytes in all, but ${present} follow it.`,
    )
  return readElements(bytes.subarray(start), format, shape)
}

/** The array that the bytes are the elements of. */
export function readElements(bytes: Uint8Array, format: ElementFormat, shape: readonly number[]): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { dtype: format.dtype, shape, data: format.read(view, bytes.length / format.bytes) }
}

export interface ElementFormat {
  readonly bytes: number
  readonly dtype: IdxDType
  read(view: DataView, size: number): IdxArray['data']
}

const uint8Format: ElementFormat = {
  bytes: 1,
  dtype: 'uint8',
  read: (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice(),
}
const int8Format: ElementFormat = {
  bytes: 1,
  dtype: 'int32',
  read: (view, size) => Int32Array.from({ length: size }, (_, i) => view.getInt8(i)),
}
const int16Format: ElementFormat = {
  bytes: 2,
  dtype: 'int32',
  read: (view, size) => Int32Array.from({ length: size }, (_, i) => view.getInt16(2 * i)),
}
const int32Format: ElementFormat = {
  bytes: 4,
  dtype: 'int32',
  read: (view, size) => Int32Array.from({ length: size }, (_, i) => view.getInt32(4 * i)),
}
const float32Format: ElementFormat = {
  bytes: 4,
  dtype: 'float32',
  read: (view, size) => Float32Array.from({ length: size }, (_, i) => view.getFloat32(4 * i)),
}
const float64Format: ElementFormat = {
  bytes: 8,
  dtype: 'float64',
  read: (view, size) => Float64Array.from({ length: size }, (_, i) => view.getFloat64(8 * i)),
}

const formats: ReadonlyMap<number, ElementFormat> = new Map([
  [0x08, uint8Format],
  [0x09, int8Format],
  [0x0b, int16Format],
  [0x0c, int32Format],
  [0x0d, float32Format],
  [0x0e, float64Format],
])

export function parseIdxHeader(
  bytes: Uint8Array,
  name: string,
): { format: ElementFormat; shape: number[]; start: number } {
  if (bytes.length < 4)
    throw new DataFormatError(
      `${name}: ${bytes.length} bytes are too few for an IDX file, whose header has at least 8.`,
    )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const format = view.getUint16(0) === 0 ? formats.get(view.getUint8(2)) : undefined
  const rank = view.getUint8(3)
  if (format === undefined || rank === 0)
    throw new DataFormatError(
      `${name}: not an IDX file: it begins with ${hexadecimal(view.getUint32(0))}, but an IDX file with 0000, an element ` +
        'type (08, 09, 0b, 0c, 0d or 0e) and a number of axes.',
    )
  const start = 4 + 4 * rank
  if (bytes.length < start)
    throw new DataFormatError(
      `${name}: truncated: a header of ${rank} axes has ${start} bytes, but the file has ${bytes.length}.`,
    )
  return { format, shape: Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis)), start }
}

function hexadecimal(word: number): string {
  return word.toString(16).padStart(8, '0')
}
