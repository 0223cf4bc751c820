import { DTypeError, showValue } from './errors.ts'

/** Element types. `float32` is the default; `bool` holds 0 and 1. */
export type DType = 'float32' | 'float64' | 'int32' | 'uint8' | 'bool'

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array

/** A dtype of which nothing is known: what `Tensor` alone has. */
// biome-ignore lint/suspicious/noExplicitAny: code that does not care about dtypes mixes with code that does.
export type AnyDType = any

interface ArrayTypes {
  float32: Float32Array
  float64: Float64Array
  int32: Int32Array
  uint8: Uint8Array
  bool: Uint8Array
}

/** The typed array that holds elements of a dtype. */
export type ArrayOf<D extends DType> = string extends D ? TypedArray : ArrayTypes[D]

/** From weakest to strongest: the order of the promotion rule. */
export const dtypes: readonly ['bool', 'uint8', 'int32', 'float32', 'float64'] = [
  'bool',
  'uint8',
  'int32',
  'float32',
  'float64',
]

type StrongerThan = {
  bool: never
  uint8: 'bool'
  int32: 'bool' | 'uint8'
  float32: 'bool' | 'uint8' | 'int32'
  float64: 'bool' | 'uint8' | 'int32' | 'float32'
}

/** Type-level `promote`; unknown if one is (only `any` contains all strings). */
export type Promote<A extends DType, B extends DType> = string extends A
  ? AnyDType
  : string extends B
    ? AnyDType
    : B extends A
      ? A
      : B extends StrongerThan[A]
        ? A
        : B

/** The dtype of true division and of exp, log, … : integers and bools become float32. */
export type Floating<D extends DType> = string extends D ? AnyDType : D extends 'float64' ? 'float64' : 'float32'

/**
 * The promotion rule: two dtypes meet in the stronger one, in the order bool < uint8 < int32 < float32 < float64.
 * A JavaScript number is weak: it takes the dtype of the tensor it meets, except that a fraction (or NaN, ±Infinity)
 * makes an integer or bool tensor float32, and an integer makes a bool tensor int32.
 */
export function promote(a: DType, b: DType): DType {
  return dtypes.indexOf(a) >= dtypes.indexOf(b) ? a : b
}

/** The dtype that a JavaScript number takes beside a tensor of dtype `beside`. */
export function weakDType(value: number, beside: DType): DType {
  if (isFloating(beside)) return beside
  if (!Number.isInteger(value)) return 'float32'
  return beside === 'bool' ? 'int32' : beside
}

export function isFloating(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float64'
}

/** Type-level `weakDType`. */
export type WeakDType<Value extends number, Beside extends DType> = string extends Beside
  ? AnyDType
  : Beside extends 'float32' | 'float64'
    ? Beside
    : number extends Value
      ? Beside | 'int32' | 'float32'
      : `${Value}` extends `${bigint}`
        ? Beside extends 'bool'
          ? 'int32'
          : Beside
        : 'float32'

/** The dtype of sums and products: bools and uint8 are counted in int32. */
export type Counted<D extends DType> = string extends D ? AnyDType : D extends 'bool' | 'uint8' ? 'int32' : D

/** @throws DTypeError unless `dtype` is the name of one. */
export function checkIsDType(operation: string, dtype: unknown): void {
  if ((dtypes as readonly unknown[]).includes(dtype)) return
  throw new DTypeError(`${operation}: ${showValue(dtype)} is no dtype; there are ${dtypes.join(', ')}.`)
}

/** The dtype of results that need fractions: integers and bools become float32. */
export function floatingOf(dtype: DType): DType {
  return dtype === 'float64' ? 'float64' : 'float32'
}

/** A fresh typed array of `size` zeros that holds elements of `dtype`. */
export function allocate(dtype: DType, size: number): TypedArray {
  switch (dtype) {
    case 'float32':
      return new Float32Array(size)
    case 'float64':
      return new Float64Array(size)
    case 'int32':
      return new Int32Array(size)
    case 'uint8':
    case 'bool':
      return new Uint8Array(size)
  }
}
