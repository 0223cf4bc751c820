import type { SafetensorsArray } from './array.ts'
import { parseSafetensorsHeader, type SafetensorsEntry } from './header.ts'
import { readElements } from './stored-dtypes.ts'

/** What a file holds. The records have no prototype, so that every name is safe. */
export interface SafetensorsContent {
  /** In the order of their bytes in the file. */
  readonly arrays: Readonly<Record<string, SafetensorsArray>>
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Reads the arrays and the metadata of a safetensors file. The arrays are copies: the bytes can be reused.
 * @throws SafetensorsError if the bytes are no valid file, or a tensor cannot be read as a dtype of ours.
 */
export function decodeSafetensors(file: Uint8Array | ArrayBuffer): SafetensorsContent {
  const bytes = file instanceof ArrayBuffer ? new Uint8Array(file) : file
  const { entries, metadata, byteLength } = parseSafetensorsHeader(bytes)
  const data = bytes.subarray(byteLength)
  const arrays: Record<string, SafetensorsArray> = Object.create(null)
  for (const entry of entries) arrays[entry.name] = decodeArray(entry, data.subarray(entry.start, entry.end))
  return { arrays, metadata }
}

/** One array from its bytes, which are copied: so its elements are aligned, wherever they lay. */
export function decodeArray({ name, stored, dtype, shape }: SafetensorsEntry, bytes: Uint8Array): SafetensorsArray {
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  return { dtype, shape, data: readElements(stored, copy.buffer, name) }
}
