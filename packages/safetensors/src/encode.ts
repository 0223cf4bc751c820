import { type SafetensorsArray, writtenDTypes } from './array.ts'
import { SafetensorsError, showName } from './errors.ts'
import { lengthBytes, longestHeader, metadataName } from './header.ts'
import { byteLengthOf } from './stored-dtypes.ts'

export interface EncodeOptions {
  /** Text about the file: its format, say, or how the model was trained. */
  readonly metadata?: Readonly<Record<string, string>>
}

/**
 * Writes arrays as a safetensors file. The same arrays give the same bytes, in whatever order they come: larger elements
 * first, then by name, so that every array is aligned to its elements and the first to 8 bytes.
 * @throws SafetensorsError if an array's data does not fit its shape and dtype, or a name cannot be written.
 */
export function encodeSafetensors(
  arrays: Readonly<Record<string, SafetensorsArray>>,
  { metadata = {} }: EncodeOptions = {},
): Uint8Array<ArrayBuffer> {
  const { head, order } = layOut(arrays, metadata)
  const parts = order.map((name) => bytesOf(name, arrays[name]!))
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, head.length))
  file.set(head)
  let start = head.length
  for (const part of parts) {
    file.set(part, start)
    start += part.length
  }
  return file
}

/** What the header says about an array: it is written before the data is known. */
type Described = Pick<SafetensorsArray, 'dtype' | 'shape'>

/** The beginning of a file, length and header, and the order in which the arrays' bytes follow. */
export function layOut(
  arrays: Readonly<Record<string, Described>>,
  metadata: Readonly<Record<string, string>>,
): { readonly head: Uint8Array<ArrayBuffer>; readonly order: readonly string[] } {
  const ordered = Object.entries(arrays)
    .map(([name, array]) => ({ name, nameBytes: utf8(name), array, byteLength: checkedLength(name, array) }))
    .sort((a, b) => elementBytes(b.array) - elementBytes(a.array) || compareBytes(a.nameBytes, b.nameBytes))
  const header = encodeHeader(ordered, metadata)
  const head = new Uint8Array(lengthBytes + header.length)
  new DataView(head.buffer).setUint32(0, header.length, true)
  head.set(header, lengthBytes)
  return { head, order: ordered.map(({ name }) => name) }
}

function checkedLength(name: string, { dtype, shape }: Described): number {
  if (name === metadataName) throw new SafetensorsError(`No tensor can be called ${metadataName}: the name is taken.`)
  const length = shape.every(isSize) ? byteLengthOf(writtenDTypes[dtype].name, shape) : undefined
  if (length === undefined)
    throw new SafetensorsError(`Tensor ${showName(name)}: [${shape.join(', ')}] is no shape that can be written.`)
  return length
}

/** The array's bytes, if it is what it says. */
export function bytesOf(name: string, { dtype, shape, data }: SafetensorsArray): Uint8Array {
  if (
    data.byteLength !== byteLengthOf(writtenDTypes[dtype].name, shape) ||
    !(data instanceof writtenDTypes[dtype].array)
  )
    throw new SafetensorsError(
      `Tensor ${showName(name)}: ${dtype} of shape [${shape.join(', ')}] does not fit its data, ` +
        `${data.length} elements in a ${data.constructor.name}.`,
    )
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

function isSize(length: number): boolean {
  return Number.isSafeInteger(length) && length >= 0
}

interface EncodedArray {
  readonly name: string
  readonly array: Described
  readonly byteLength: number
}

function encodeHeader(arrays: readonly EncodedArray[], metadata: Readonly<Record<string, string>>): Uint8Array {
  // Put together by hand: an object would move names that look like integers to the front.
  const fields: string[] = []
  if (Object.keys(metadata).length > 0) fields.push(`"${metadataName}":${encodeMetadata(metadata)}`)
  let start = 0
  for (const { name, array, byteLength } of arrays) {
    const end = start + byteLength
    const entry = { dtype: writtenDTypes[array.dtype].name, shape: array.shape, data_offsets: [start, end] }
    fields.push(`${quote(name)}:${JSON.stringify(entry)}`)
    start = end
  }
  const text = utf8(`{${fields.join(',')}}`)
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20)
  padded.set(text)
  if (padded.length > longestHeader)
    throw new SafetensorsError(`The header would be ${padded.length} bytes long; at most ${longestHeader} are allowed.`)
  return padded
}

function encodeMetadata(metadata: Readonly<Record<string, string>>): string {
  const keys = Object.keys(metadata).map((key) => ({ key, bytes: utf8(key) }))
  keys.sort((a, b) => compareBytes(a.bytes, b.bytes))
  return `{${keys.map(({ key }) => `${quote(key)}:${quote(metadata[key]!)}`).join(',')}}`
}

function elementBytes({ dtype }: Described): number {
  return writtenDTypes[dtype].bytes
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** @throws SafetensorsError for half a surrogate pair, which UTF-8 cannot hold. */
function quote(text: string): string {
  if (/\p{Surrogate}/u.test(text))
    throw new SafetensorsError(`${showName(text)} holds half a character (a lone surrogate) and cannot be written.`)
  return JSON.stringify(text)
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}
