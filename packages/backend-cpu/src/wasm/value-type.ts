export type ValueType = 'i32' | 'f32' | 'f64' | 'v128'

/** How each type is written in a module. */
export const valueTypeCode: { readonly [T in ValueType]: number } = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b }

export interface Signature {
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}
