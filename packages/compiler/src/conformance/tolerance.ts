// How far a backend may be from the interpreter, per operation and dtype, and why.

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

/** Half the distance from 1 to the next number: how much one operation rounds, relatively. */
export const unitRoundoff: { readonly [D in 'float32' | 'float64']: number } = {
  float32: 2 ** -24,
  float64: 2 ** -53,
}

export const smallestNormal: { readonly [D in 'float32' | 'float64']: number } = {
  float32: 2 ** -126,
  float64: 2 ** -1022,
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
  if (dtype !== 'float32' && dtype !== 'float64') return exact
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
 * A sum of `count` floats whose absolute values add up to `magnitude`. Backends add in their own dtype in several partial sums;
 * rounding errors have random signs and grow with the root of the count.
 */
export function toleranceOfSum(dtype: DType, count: number, magnitude: number): Tolerance {
  if (dtype !== 'float32' && dtype !== 'float64') return exact
  return { ulps: 1, absolute: unitRoundoff[dtype] * (4 + 4 * Math.sqrt(count)) * magnitude }
}
