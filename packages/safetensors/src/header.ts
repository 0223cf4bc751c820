// The header comes from whoever made the file: every statement in it is checked before anything is done with it.

import type { DType } from '@neurite/tensor'
import type { StoredDType } from './array.ts'
import { SafetensorsError, showName } from './errors.ts'
import { byteLengthOf, dtypeOf, isStoredDType, supportedNames } from './stored-dtypes.ts'
import { parseStrictJson } from './strict-json.ts'

/** What the header says about one tensor. */
export interface SafetensorsEntry {
  readonly name: string
  /** In the file. */
  readonly stored: StoredDType
  /** What it is read as. */
  readonly dtype: DType
  readonly shape: readonly number[]
  /** Where its bytes lie, counted from the end of the header. */
  readonly start: number
  readonly end: number
}

export interface SafetensorsHeader {
  /** In the order of their bytes, which fill the rest of the file without gap or overlap. */
  readonly entries: readonly SafetensorsEntry[]
  readonly metadata: Readonly<Record<string, string>>
  /** Length of the header with its length field: where the tensors' bytes begin. */
  readonly byteLength: number
}

/** Bytes of the length field before the header. */
export const lengthBytes = 8
/** Longest header, as in the reference implementation. */
export const longestHeader = 100_000_000
/** The entry that holds text about the file instead of a tensor. */
export const metadataName = '__metadata__'

/**
 * Reads and checks the header: what the file holds, without its data.
 * @throws SafetensorsError if the header is malformed, contradicts itself or does not fit the file's length, or a tensor has
 * a dtype that is not supported.
 */
export function parseSafetensorsHeader(bytes: Uint8Array): SafetensorsHeader {
  const byteLength = headerByteLength(bytes, bytes.length)
  return parseHeaderText(bytes.subarray(lengthBytes, byteLength), bytes.length)
}

/**
 * The same for a header that stands alone, of a file of `fileLength` bytes; `undefined` where that is not known yet and will be checked
 * by `checkDataLength`.
 */
export function parseHeaderText(text: Uint8Array, fileLength: number | undefined): SafetensorsHeader {
  const byteLength = lengthBytes + text.length
  const content = parseStrictJson(decodeText(text))
  if (!isObject(content)) throw new SafetensorsError('The header is no JSON object.')
  const entries: SafetensorsEntry[] = []
  let metadata: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(content))
    if (name === metadataName) metadata = checkMetadata(value)
    else entries.push(checkEntry(name, value))
  entries.sort((a, b) => a.start - b.start || a.end - b.end)
  checkLayout(entries)
  if (fileLength !== undefined) checkDataLength(entries, fileLength - byteLength)
  return { entries, metadata, byteLength }
}

/** Length of the header with its length field, from the first 8 bytes of a file of `fileLength` bytes (`undefined`: not known). */
export function headerByteLength(bytes: Uint8Array, fileLength: number | undefined): number {
  if (bytes.length < lengthBytes)
    throw new SafetensorsError(`${bytes.length} bytes are too few for a safetensors file: its first 8 hold a length.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, lengthBytes)
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true)
  if (length > longestHeader)
    throw new SafetensorsError(
      `The header is ${length} bytes long; at most ${longestHeader} are allowed. Another format?`,
    )
  if (fileLength !== undefined && length > fileLength - lengthBytes)
    throw new SafetensorsError(
      `The header is ${length} bytes long, but only ${fileLength - lengthBytes} follow its length. Is the file complete?`,
    )
  return lengthBytes + length
}

function decodeText(bytes: Uint8Array): string {
  if (bytes[0] !== 0x7b) throw new SafetensorsError('The header does not begin with "{". Another format?')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new SafetensorsError('The header is no valid UTF-8.', { cause })
  }
}

function checkMetadata(value: unknown): Record<string, string> {
  if (!isObject(value)) throw new SafetensorsError(`${metadataName} must be an object of strings.`)
  const metadata: Record<string, string> = Object.create(null)
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string')
      throw new SafetensorsError(`${metadataName} must be an object of strings, but ${showName(key)} is none.`)
    metadata[key] = text
  }
  return metadata
}

const entryFields = ['dtype', 'shape', 'data_offsets']

function checkEntry(name: string, value: unknown): SafetensorsEntry {
  const fields = isObject(value) ? Object.keys(value) : []
  if (!isObject(value) || fields.length !== entryFields.length || !entryFields.every((field) => fields.includes(field)))
    throw new SafetensorsError(`Tensor ${showName(name)} needs exactly the fields dtype, shape and data_offsets.`)
  const { shape, data_offsets: offsets } = value
  const stored = checkDType(name, value.dtype)
  if (!isIntegers(shape)) throw new SafetensorsError(`Tensor ${showName(name)}: its shape is no list of integers.`)
  if (!isIntegers(offsets) || offsets.length !== 2)
    throw new SafetensorsError(`Tensor ${showName(name)}: data_offsets is no pair of integers.`)
  const [start = 0, end = 0] = offsets
  const expected = byteLengthOf(stored, shape)
  if (expected === undefined)
    throw new SafetensorsError(`Tensor ${showName(name)}: a shape of ${showSizes(shape)} is too large.`)
  if (end - start !== expected)
    throw new SafetensorsError(
      `Tensor ${showName(name)}: shape ${showSizes(shape)} of ${stored} takes ${expected} bytes, but its data_offsets ` +
        `[${start}, ${end}] hold ${end - start}.`,
    )
  return { name, stored, dtype: dtypeOf(stored), shape, start, end }
}

function checkDType(name: string, dtypeName: unknown): StoredDType {
  if (typeof dtypeName !== 'string') throw new SafetensorsError(`Tensor ${showName(name)}: its dtype is no string.`)
  if (!isStoredDType(dtypeName))
    throw new SafetensorsError(
      `Tensor ${showName(name)} has dtype ${showName(dtypeName)}; supported are ${supportedNames()}. ` +
        'Convert it before saving?',
    )
  return dtypeName
}

function checkLayout(entries: readonly SafetensorsEntry[]): void {
  let reached = 0
  for (const { name, start, end } of entries) {
    if (start !== reached)
      throw new SafetensorsError(
        `Tensor ${showName(name)} begins at byte ${start} of the data, but the tensors before it end at ${reached}: ` +
          `the bytes ${start < reached ? 'overlap' : 'between belong to no tensor'}.`,
      )
    reached = end
  }
}

/** @throws SafetensorsError unless the tensors take all bytes behind the header. */
export function checkDataLength(entries: readonly SafetensorsEntry[], dataLength: number): void {
  const reached = entries.at(-1)?.end ?? 0
  if (reached !== dataLength)
    throw new SafetensorsError(
      `The tensors take ${reached} bytes, but ${dataLength} follow the header. ` +
        `${reached > dataLength ? 'Is the file complete?' : 'The rest belongs to no tensor.'}`,
    )
}

function showSizes(shape: readonly number[]): string {
  return `[${shape.slice(0, 12).join(', ')}${shape.length > 12 ? ', …' : ''}]`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isIntegers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0)
}
