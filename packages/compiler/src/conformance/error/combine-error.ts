// What reductions may be off by: they join values in any order, floats in their own dtype.

import type { Combine, DType } from '../../kernel/index.ts'
import {
  type FloatDType,
  isFloat,
  largestNumber,
  smallestNormal,
  smallestNumber,
  toleranceOfSum,
  unitRoundoff,
} from '../tolerance.ts'
import { rounded, signOnly, unknown } from './operation-error.ts'

/** What the error of a sum depends on. */
export interface Summed {
  /** How many values or products are added. */
  readonly count: number
  /** The sum of the absolute values of those that are finite. */
  readonly magnitude: number
  /** The sum of their errors. */
  readonly spread: number
}

export function errorOfSum(dtype: DType, sum: number, { count, magnitude, spread }: Summed): number {
  if (!isFloat(dtype)) return spread === 0 ? 0 : unknown
  // A partial sum may leave the range of the dtype.
  if (!(magnitude <= largestNumber[dtype])) return unknown
  if (spread <= count * signOnly && (count <= 1 || !Number.isFinite(sum))) return sum === 0 ? signOnly : 0
  return rounded(dtype, sum, spread + toleranceOfSum(dtype, count, magnitude + spread).absolute)
}

/** The error of what a reduction found in values that have errors. */
export function errorOfCombine(
  combine: Combine,
  dtype: DType,
  found: number,
  values: readonly number[],
  errors: readonly number[],
): number {
  const largestError = errors.reduce((largest, error) => Math.max(largest, error), 0)
  if (combine === 'argMax') return errorOfArgMax(found, values, errors)
  if (!isFloat(dtype)) return largestError === 0 ? 0 : unknown
  switch (combine) {
    case 'add': {
      const magnitude = values.reduce((sum, value) => (Number.isFinite(value) ? sum + Math.abs(value) : sum), 0)
      const spread = errors.reduce((sum, error) => sum + error, 0)
      return errorOfSum(dtype, found, { count: values.length, magnitude, spread })
    }
    case 'multiply':
      return errorOfProduct(dtype, found, values, errors)
    case 'maximum':
    case 'minimum':
      return Math.max(largestError, found === 0 ? signOnly : 0)
  }
}

function errorOfProduct(
  dtype: FloatDType,
  product: number,
  values: readonly number[],
  errors: readonly number[],
): number {
  let largest = 1
  let smallest = 1
  let upper = 1
  let isExact = true
  for (const [i, value] of values.entries()) {
    const size = Math.abs(value)
    const error = errors[i]!
    isExact &&= error <= signOnly
    upper *= size + error
    if (!Number.isFinite(value)) continue
    largest *= Math.max(1, size + error)
    smallest *= Math.min(1, size === 0 ? 1 : size)
  }
  if (!(largest <= largestNumber[dtype])) return unknown
  if (isExact && values.length <= 1) return product === 0 ? signOnly : 0
  // Partial products below the normal numbers lose digits, which the others then enlarge.
  const underflow = smallest < smallestNormal[dtype] ? largest * values.length * smallestNumber[dtype] : 0
  if (!Number.isFinite(product)) return isExact && underflow === 0 ? 0 : unknown
  const spread = isExact ? 0 : upper - Math.abs(product)
  return rounded(dtype, product, spread + 2 * values.length * unitRoundoff[dtype] * Math.abs(product) + underflow)
}

// Another position is possible where its value may be as large.
function errorOfArgMax(found: number, values: readonly number[], errors: readonly number[]): number {
  const error = errors[found] ?? 0
  for (const [i, value] of values.entries()) {
    if (errors[i] === unknown) return unknown
    const distance = error + errors[i]!
    if (i !== found && distance > 2 * signOnly && !(Math.abs(values[found]! - value) > distance)) return unknown
  }
  return 0
}
