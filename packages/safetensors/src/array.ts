import type { DType, TypedArray } from '@neurite/tensor'

/** An array as it stands in a file: `data` holds the elements row-major, in the typed array of its dtype. */
export interface SafetensorsArray {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: TypedArray
}

/** How a dtype is written: its name in the header and the bytes of an element. */
interface WrittenDType {
  readonly name: StoredDType
  readonly bytes: number
  /** Holds the elements in memory as the file does: both are little-endian. */
  readonly array: new (
    buffer: ArrayBuffer,
  ) => TypedArray
}

/** Dtypes of files that can be read, by their names in the header. */
export type StoredDType =
  | 'F64'
  | 'F32'
  | 'F16'
  | 'BF16'
  | 'I64'
  | 'I32'
  | 'I16'
  | 'I8'
  | 'U64'
  | 'U32'
  | 'U16'
  | 'U8'
  | 'BOOL'

export const writtenDTypes: { readonly [D in DType]: WrittenDType } = {
  float64: { name: 'F64', bytes: 8, array: Float64Array },
  float32: { name: 'F32', bytes: 4, array: Float32Array },
  int32: { name: 'I32', bytes: 4, array: Int32Array },
  uint8: { name: 'U8', bytes: 1, array: Uint8Array },
  bool: { name: 'BOOL', bytes: 1, array: Uint8Array },
}
