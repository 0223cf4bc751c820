/** Element types as buffers store them. `bool` is one byte, 0 or 1. */
export type DType = 'float32' | 'float64' | 'int32' | 'uint8' | 'bool'

/** Bytes that one element of a dtype takes in a buffer. */
export const bytesPerElement: { readonly [D in DType]: number } = {
  float32: 4,
  float64: 8,
  int32: 4,
  uint8: 1,
  bool: 1,
}

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array

/** The typed array that shows a buffer of each dtype to JavaScript. */
export const typedArrayOf: {
  readonly float32: Float32ArrayConstructor
  readonly float64: Float64ArrayConstructor
  readonly int32: Int32ArrayConstructor
  readonly uint8: Uint8ArrayConstructor
  readonly bool: Uint8ArrayConstructor
} = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array, bool: Uint8Array }

/** A fresh typed array of `elements` zeros. */
export function allocateTypedArray(dtype: DType, elements: number): TypedArray {
  return new typedArrayOf[dtype](elements)
}
