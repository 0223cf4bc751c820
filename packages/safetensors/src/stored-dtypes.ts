// How the elements of files become elements of tensors: those of other dtypes are converted where every value survives.

import type { DType, TypedArray } from '@neurite/tensor'
import type { StoredDType } from './array.ts'
import { SafetensorsError, showName } from './errors.ts'

interface Reading {
  /** Of an element in the file. */
  readonly bytes: number
  readonly dtype: DType
  /** @throws SafetensorsError, with the tensor's name, for an element that the dtype cannot hold. */
  read(buffer: ArrayBuffer, name: string): TypedArray
}

const readings: { readonly [D in StoredDType]: Reading } = {
  F64: { bytes: 8, dtype: 'float64', read: (buffer) => new Float64Array(buffer) },
  F32: { bytes: 4, dtype: 'float32', read: (buffer) => new Float32Array(buffer) },
  F16: { bytes: 2, dtype: 'float32', read: (buffer) => Float32Array.from(new Uint16Array(buffer), fromHalf) },
  BF16: { bytes: 2, dtype: 'float32', read: fromBrainFloats },
  I64: { bytes: 8, dtype: 'int32', read: (buffer, name) => narrowed(new BigInt64Array(buffer), name, 'I64') },
  I32: { bytes: 4, dtype: 'int32', read: (buffer) => new Int32Array(buffer) },
  I16: { bytes: 2, dtype: 'int32', read: (buffer) => Int32Array.from(new Int16Array(buffer)) },
  I8: { bytes: 1, dtype: 'int32', read: (buffer) => Int32Array.from(new Int8Array(buffer)) },
  U64: { bytes: 8, dtype: 'int32', read: (buffer, name) => narrowed(new BigUint64Array(buffer), name, 'U64') },
  U32: { bytes: 4, dtype: 'int32', read: (buffer, name) => narrowed(new Uint32Array(buffer), name, 'U32') },
  U16: { bytes: 2, dtype: 'int32', read: (buffer) => Int32Array.from(new Uint16Array(buffer)) },
  U8: { bytes: 1, dtype: 'uint8', read: (buffer) => new Uint8Array(buffer) },
  BOOL: { bytes: 1, dtype: 'bool', read: booleans },
}

export function isStoredDType(name: string): name is StoredDType {
  return Object.hasOwn(readings, name)
}

/** `F64, F32, …`, for errors. */
export function supportedNames(): string {
  return Object.keys(readings).join(', ')
}

/** What tensors of a stored dtype are in memory. */
export function dtypeOf(stored: StoredDType): DType {
  return readings[stored].dtype
}

/** shape × bytes of an element, or undefined if it is beyond the integers that a double holds. */
export function byteLengthOf(stored: StoredDType, shape: readonly number[]): number | undefined {
  let bytes = readings[stored].bytes
  for (const length of shape) {
    bytes *= length
    if (!Number.isSafeInteger(bytes)) return undefined
  }
  return bytes
}

/** The elements that a buffer of its own holds; the buffer may become the array's. */
export function readElements(stored: StoredDType, buffer: ArrayBuffer, name: string): TypedArray {
  return readings[stored].read(buffer, name)
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function fromHalf(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** The upper halves of float32 numbers. */
function fromBrainFloats(buffer: ArrayBuffer): Float32Array {
  const words = Uint32Array.from(new Uint16Array(buffer), (half) => half << 16)
  return new Float32Array(words.buffer)
}

function narrowed(values: BigInt64Array | BigUint64Array | Uint32Array, name: string, stored: string): Int32Array {
  const result = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i])
    result[i] = value
    if (result[i] !== value)
      throw new SafetensorsError(
        `Tensor ${showName(name)} is ${stored}, which is read as int32, but element ${i} is ${values[i]}: it does not fit.`,
      )
  }
  return result
}

function booleans(buffer: ArrayBuffer, name: string): Uint8Array {
  const bytes = new Uint8Array(buffer)
  const at = bytes.findIndex((byte) => byte > 1)
  if (at >= 0)
    throw new SafetensorsError(`Tensor ${showName(name)} is BOOL, but element ${at} is ${bytes[at]}: neither 0 nor 1.`)
  return bytes
}
