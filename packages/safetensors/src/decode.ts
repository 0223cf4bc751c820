import { type SafetensorsArray, storedDTypes } from './array.ts'
import { SafetensorsError, showName } from './errors.ts'
import { parseSafetensorsHeader, type SafetensorsEntry } from './header.ts'

/** What a file holds. The records have no prototype, so that every name is safe. */
export interface SafetensorsContent {
  /** In the order of their bytes in the file. */
  readonly arrays: Readonly<Record<string, SafetensorsArray>>
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Reads the arrays and the metadata of a safetensors file. The arrays are copies: the bytes can be reused.
 * @throws SafetensorsError if the bytes are no valid file, or a tensor has a dtype that is not supported.
 */
export function decodeSafetensors(file: Uint8Array | ArrayBuffer): SafetensorsContent {
  const bytes = file instanceof ArrayBuffer ? new Uint8Array(file) : file
  const { entries, metadata, byteLength } = parseSafetensorsHeader(bytes)
  const data = bytes.subarray(byteLength)
  const arrays: Record<string, SafetensorsArray> = Object.create(null)
  for (const entry of entries) arrays[entry.name] = copyArray(entry, data)
  return { arrays, metadata }
}

function copyArray({ name, dtype, shape, start, end }: SafetensorsEntry, data: Uint8Array): SafetensorsArray {
  // A copy of its own also lies where its elements are aligned, wherever it lay in the file.
  const copy = new Uint8Array(end - start)
  copy.set(data.subarray(start, end))
  if (dtype === 'bool') checkBooleans(name, copy)
  return { dtype, shape, data: new storedDTypes[dtype].array(copy.buffer) }
}

function checkBooleans(name: string, bytes: Uint8Array): void {
  const at = bytes.findIndex((byte) => byte > 1)
  if (at >= 0)
    throw new SafetensorsError(`Tensor ${showName(name)} is BOOL, but element ${at} is ${bytes[at]}: neither 0 nor 1.`)
}
