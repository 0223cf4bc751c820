import { byteLengthOf, type SafetensorsArray, storedDTypes } from './array.ts'
import { SafetensorsError, showName } from './errors.ts'
import { lengthBytes, longestHeader, metadataName } from './header.ts'

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
  const ordered = Object.entries(arrays)
    .map(([name, array]) => ({ name, nameBytes: utf8(name), array, bytes: checkArray(name, array) }))
    .sort((a, b) => elementBytes(b.array) - elementBytes(a.array) || compareBytes(a.nameBytes, b.nameBytes))
  const header = encodeHeader(ordered, metadata)
  const total = ordered.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const file = new Uint8Array(lengthBytes + header.length + total)
  new DataView(file.buffer).setUint32(0, header.length, true)
  file.set(header, lengthBytes)
  let start = lengthBytes + header.length
  for (const { bytes } of ordered) {
    file.set(bytes, start)
    start += bytes.length
  }
  return file
}

/** The array's bytes, if it is what it says. */
function checkArray(name: string, { dtype, shape, data }: SafetensorsArray): Uint8Array {
  if (name === metadataName) throw new SafetensorsError(`No tensor can be called ${metadataName}: the name is taken.`)
  const expected = shape.every(isSize) ? byteLengthOf(dtype, shape) : undefined
  if (data.byteLength !== expected || !(data instanceof storedDTypes[dtype].array))
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
  readonly array: SafetensorsArray
  readonly bytes: Uint8Array
}

function encodeHeader(arrays: readonly EncodedArray[], metadata: Readonly<Record<string, string>>): Uint8Array {
  // Put together by hand: an object would move names that look like integers to the front.
  const fields: string[] = []
  if (Object.keys(metadata).length > 0) fields.push(`"${metadataName}":${encodeMetadata(metadata)}`)
  let start = 0
  for (const { name, array, bytes } of arrays) {
    const end = start + bytes.length
    const entry = { dtype: storedDTypes[array.dtype].name, shape: array.shape, data_offsets: [start, end] }
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

function elementBytes({ dtype }: SafetensorsArray): number {
  return storedDTypes[dtype].bytes
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
