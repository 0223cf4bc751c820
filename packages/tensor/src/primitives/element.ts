// Numbers as elements of a dtype.

import type { DType, TypedArray } from '../dtype.ts'
import { allocate, isFloating } from '../dtype.ts'
import { DTypeError } from '../errors.ts'

const integerRanges: { readonly [D in DType]: readonly [low: number, high: number] | undefined } = {
  float32: undefined,
  float64: undefined,
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  bool: [0, 1],
}

/** @throws DTypeError unless `value` is an element of an integer or bool dtype; floats round. */
export function checkElement(operation: string, value: number, dtype: DType): void {
  const range = integerRanges[dtype]
  if (range === undefined || (Number.isInteger(value) && value >= range[0] && value <= range[1])) return
  throw new DTypeError(
    `${operation}: ${value} is no ${dtype} value: those are integers from ${range[0]} to ${range[1]}. Use another dtype?`,
  )
}

/**
 * What `cast` does to an element. A typed array of dtype `to` does the rest when it stores the result: float32 rounds,
 * uint8 keeps the low 8 bits.
 */
export function conversion(from: DType, to: DType): (value: number) => number {
  // NaN is not 0.
  if (to === 'bool') return (value) => (value === 0 ? 0 : 1)
  const range = integerRanges[to]
  if (range === undefined || !isFloating(from)) return (value) => value
  return (value) => (Number.isNaN(value) ? 0 : Math.min(range[1], Math.max(range[0], Math.trunc(value))))
}

/** Zeros in which sums of elements are kept: floats in float64, to be rounded once by `finishTotals`; integers wrap. */
export function startTotals(dtype: DType, size: number): TypedArray {
  return isFloating(dtype) ? new Float64Array(size) : allocate(dtype, size)
}

export function finishTotals(totals: TypedArray, dtype: DType): TypedArray {
  return dtype === 'float32' ? Float32Array.from(totals) : totals
}

/** The product of two elements as it is added to totals: exact or in float64 for floats, wrapping for integers. */
export function multiplication(dtype: DType): (a: number, b: number) => number {
  return isFloating(dtype) ? (a, b) => a * b : Math.imul
}
