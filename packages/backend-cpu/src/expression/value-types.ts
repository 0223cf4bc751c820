import type { DType } from '@neurite/compiler/kernel'
import type { ValueType } from '../wasm/value-type.ts'

/** How one element is held: uint8 as 0 … 255, bool as 0 or 1. */
export const valueTypeOf: { readonly [D in DType]: ValueType } = {
  float32: 'f32',
  float64: 'f64',
  int32: 'i32',
  uint8: 'i32',
  bool: 'i32',
}

/** Dtypes that four 32-bit lanes hold: uint8 as 0 … 255, bool as a mask of all bits or none. */
export type LaneDType = Exclude<DType, 'float64'>

export function hasLanes(dtype: DType): dtype is LaneDType {
  return dtype !== 'float64'
}
