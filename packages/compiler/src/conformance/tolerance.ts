// How far a backend may be from the interpreter in one operation, and why.

import type { DType, ScalarOp } from '../kernel/index.ts'

/** A result may differ from the expected one by `ulps` units in its last place plus `absolute`. */
export interface Tolerance {
  readonly ulps: number
  readonly absolute: number
  /** Whether −0 counts as different from 0. */
  readonly signOfZero?: boolean
}

export const exact: Tolerance = { ulps: 0, absolute: 0 }
const exactToTheSign: Tolerance = { ...exact, signOfZero: true }

export type FloatDType = 'float32' | 'float64'

export function isFloat(dtype: DType): dtype is FloatDType {
  return dtype === 'float32' || dtype === 'float64'
}

/** Half the distance from 1 to the next number: how much one operation rounds, relatively. */
export const unitRoundoff: { readonly [D in FloatDType]: number } = { float32: 2 ** -24, float64: 2 ** -53 }

export const smallestNormal: { readonly [D in FloatDType]: number } = { float32: 2 ** -126, float64: 2 ** -1022 }

export const smallestNumber: { readonly [D in FloatDType]: number } = { float32: 2 ** -149, float64: Number.MIN_VALUE }

export const largestNumber: { readonly [D in FloatDType]: number } = {
  float32: (2 - 2 ** -23) * 2 ** 127,
  float64: Number.MAX_VALUE,
}

// Polynomials and table methods reach 1 to 2 units; 4 leaves room for one vector implementation without a correction step.
const elementary = 4

/** Allowed units in the last place; integers and bools are always exact. */
const ulpsOf: { readonly [Op in ScalarOp]: number | 'exact' | 'signed' } = {
  // IEEE 754 defines every bit.
  negate: 'signed',
  add: 'signed',
  subtract: 'signed',
  multiply: 'signed',
  divide: 'signed',
  absolute: 'signed',
  sqrt: 'signed',
  floor: 'signed',
  round: 'signed',
  cast: 'signed',
  select: 'signed',
  less: 'exact',
  lessEqual: 'exact',
  equal: 'exact',
  and: 'exact',
  or: 'exact',
  xor: 'exact',
  shiftLeft: 'exact',
  shiftRightLogical: 'exact',
  // Which of two zeros is larger, and the sign of no remainder, differ between machines and matter to nobody.
  maximum: 'exact',
  minimum: 'exact',
  remainder: 'exact',
  exp: elementary,
  log: elementary,
  tanh: elementary,
  sigmoid: elementary,
  sin: elementary,
  cos: elementary,
  erf: elementary,
  // e^(b·log a) amplifies the error of the logarithm by b·log a, which may be up to 88 (709 in float64).
  power: 16,
}

/** What an operation on floats of this dtype may be off by. */
export function toleranceOf(op: ScalarOp, dtype: DType): Tolerance {
  if (!isFloat(dtype)) return exact
  const ulps = ulpsOf[op]
  if (ulps === 'exact') return exact
  if (ulps === 'signed') return exactToTheSign
  // Below the smallest normal number elementary functions may lose digits or give 0.
  const underflow = smallestNormal[dtype]
  // Near multiples of π what is left of the argument has lost digits: allow as much as two roundings of 1.
  const cancellation = op === 'sin' || op === 'cos' ? 4 * unitRoundoff[dtype] : 0
  return { ulps, absolute: underflow + cancellation }
}

/**
 * A sum of `count` floats, or of products of two, whose absolute values add up to `magnitude`, in the dtype itself and in any order
 * (Higham 2002, "Accuracy and Stability of Numerical Algorithms", §4.2). Each product may underflow.
 */
export function toleranceOfSum(dtype: DType, count: number, magnitude: number): Tolerance {
  if (!isFloat(dtype)) return exact
  const rounding = unitRoundoff[dtype] * (count + 1) * magnitude
  return { ulps: 1, absolute: rounding + count * smallestNumber[dtype] }
}

/** Distance between a number and the next one of its dtype. */
export function unitInLastPlace(value: number, dtype: DType): number {
  if (!isFloat(dtype)) return 1
  const [digits, smallest] = dtype === 'float32' ? [23, -126] : [52, -1022]
  if (value === 0 || !Number.isFinite(value)) return smallestNumber[dtype]
  return 2 ** (Math.max(exponentOf(value), smallest) - digits)
}

// log2 rounds up just below powers of two.
function exponentOf(value: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(value)))
  return 2 ** exponent > Math.abs(value) ? exponent - 1 : exponent
}
