// Whether a computed tensor is the recorded one, within the case's tolerance.

import { type DType, sameShape, showShape, type TypedArray } from '@neurite/tensor'
import type { RecordedTensor, Tolerance } from './format/recorded.ts'

/** A computed tensor with its elements. */
export interface Computed {
  readonly shape: readonly number[]
  readonly dtype: DType
  readonly data: TypedArray
}

const classes: Readonly<Record<DType, string>> = {
  float32: 'float',
  float64: 'float',
  int32: 'integer',
  uint8: 'integer',
  bool: 'bool',
}

/** What is wrong with `actual`, in words; `undefined` where it is right. */
export function differenceBetween(
  actual: Computed,
  expected: RecordedTensor,
  tolerance: Tolerance,
): string | undefined {
  if (!sameShape(actual.shape, expected.shape))
    return `shape ${showShape(actual.shape)} instead of ${showShape(expected.shape)}`
  if (classes[actual.dtype] !== classes[expected.dtype]) return `dtype ${actual.dtype} instead of ${expected.dtype}`
  const wanted = expected.data.map(Number)
  const allowance = allowanceFor(wanted, expected.dtype, tolerance)
  const excess = wanted.map((value, i) => excessOf(actual.data[i]!, value, allowance(value)))
  const wrong = excess.filter((ratio) => ratio > 1).length
  if (wrong === 0) return undefined
  const worst = excess.reduce((found, ratio, i) => (ratio > excess[found]! ? i : found), 0)
  return describeWorst(actual, wanted[worst]!, worst, excess[worst]!, wrong)
}

function allowanceFor(
  wanted: readonly number[],
  dtype: RecordedTensor['dtype'],
  { abs, rel }: Tolerance,
): (value: number) => number {
  if (dtype !== 'float32') return () => 0
  const largest = wanted.reduce(
    (found, value) => (Number.isFinite(value) ? Math.max(found, Math.abs(value)) : found),
    0,
  )
  const scale = Math.min(1, Math.max(1e-3, largest))
  return (value) => abs * scale + rel * Math.abs(value)
}

/** The error as a multiple of what is allowed: right up to 1. */
function excessOf(found: number, value: number, allowed: number): number {
  if (found === value || (Number.isNaN(found) && Number.isNaN(value))) return 0
  const error = Math.abs(found - value)
  return Number.isFinite(error) && allowed > 0 ? error / allowed : Infinity
}

function describeWorst({ shape, data }: Computed, value: number, at: number, ratio: number, wrong: number): string {
  const found = data[at]!
  const error = Math.abs(found - value)
  const size = Number.isFinite(error)
    ? `, an error of ${error.toPrecision(3)}${Number.isFinite(ratio) ? `, ${ratio.toPrecision(3)} × what is allowed` : ''}`
    : ''
  const others = wrong === 1 ? '' : `; ${wrong} of ${data.length} elements differ`
  return `${found} instead of ${value} at ${showShape(positionOf(at, shape))}${size}${others}`
}

function positionOf(offset: number, shape: readonly number[]): number[] {
  let rest = offset
  const position = [...shape].reverse().map((length) => {
    const index = rest % length
    rest = Math.floor(rest / length)
    return index
  })
  return position.reverse()
}
