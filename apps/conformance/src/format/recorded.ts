// The format of recorded cases, as the README beside them describes it.

/** Row-major; numbers that JSON lacks are the strings "NaN", "Infinity" and "-Infinity"; bools are 0 and 1. */
export interface RecordedTensor {
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32' | 'bool'
  readonly data: readonly (number | string)[]
}

/** An input of an operation: a tensor, a list of them, or a plain number. */
export type RecordedInput = RecordedTensor | readonly RecordedTensor[] | number

/** A float passes when |actual − expected| ≤ abs · scale + rel · |expected|. */
export interface Tolerance {
  readonly abs: number
  readonly rel: number
}

/** By the names of inputs, outputs or parameters. */
export type Named<T> = Readonly<Record<string, T>>

export type Attributes = Named<unknown>

/** What every case has, whatever its kind. */
export interface RecordedCase {
  readonly name: string
  readonly kind: string
  readonly tolerance: Tolerance
}

/** A case of one operation. */
export interface OperationCase extends RecordedCase {
  readonly op: string
  readonly attrs: Attributes
}

/** An operation of the vocabulary with its attributes. */
export interface Word {
  readonly op: string
  readonly attrs: Attributes
}

export function isList(input: RecordedInput): input is readonly RecordedTensor[] {
  return Array.isArray(input)
}
