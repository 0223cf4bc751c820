import type { DType, TypedArray } from '@neurite/tensor'

/** An array as it stands in a file: `data` holds the elements row-major, in the typed array of its dtype. */
export interface SafetensorsArray {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: TypedArray
}

/** How a dtype is written: its name in the header and the bytes of an element. */
interface StoredDType {
  readonly name: string
  readonly bytes: number
  /** Holds the elements in memory as the file does: both are little-endian. */
  readonly array: new (
    buffer: ArrayBuffer,
  ) => TypedArray
}

export const storedDTypes: { readonly [D in DType]: StoredDType } = {
  float64: { name: 'F64', bytes: 8, array: Float64Array },
  float32: { name: 'F32', bytes: 4, array: Float32Array },
  int32: { name: 'I32', bytes: 4, array: Int32Array },
  uint8: { name: 'U8', bytes: 1, array: Uint8Array },
  bool: { name: 'BOOL', bytes: 1, array: Uint8Array },
}

const dtypes = Object.keys(storedDTypes) as DType[]

/** The dtype stored under `name`, if it is one of ours. */
export function dtypeNamed(name: string): DType | undefined {
  return dtypes.find((dtype) => storedDTypes[dtype].name === name)
}

/** `F64, F32, …`, for errors. */
export function supportedNames(): string {
  return dtypes.map((dtype) => storedDTypes[dtype].name).join(', ')
}

/** shape × bytes of an element, or undefined if it is beyond the integers that a double holds. */
export function byteLengthOf(dtype: DType, shape: readonly number[]): number | undefined {
  let bytes = storedDTypes[dtype].bytes
  for (const length of shape) {
    bytes *= length
    if (!Number.isSafeInteger(bytes)) return undefined
  }
  return bytes
}
