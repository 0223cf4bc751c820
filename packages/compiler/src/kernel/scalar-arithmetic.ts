// What every scalar operation means, in JavaScript numbers. A value of any dtype is a number; a float32 is one that
// Math.fround leaves alone, a bool is 0 or 1.

import type { DType } from './dtype.ts'
import { erf } from './erf.ts'
import type { ScalarOp } from './scalar.ts'

/** An operation takes as many operands as `scalarOpArity` says and ignores the rest. */
export type Operation = (a: number, b: number, c: number) => number

/** What `cast` does depends on two dtypes: see `conversion`. */
type OwnDTypeOp = Exclude<ScalarOp, 'cast'>

const comparisons = {
  less: (a, b) => (a < b ? 1 : 0),
  lessEqual: (a, b) => (a <= b ? 1 : 0),
  equal: (a, b) => (a === b ? 1 : 0),
} satisfies { [Op in ScalarOp]?: Operation }

const choices = {
  maximum: (a, b) => Math.max(a, b),
  minimum: (a, b) => Math.min(a, b),
  select: (condition, a, b) => (condition ? a : b),
} satisfies { [Op in ScalarOp]?: Operation }

const floatOperations: { readonly [Op in OwnDTypeOp]?: Operation } = {
  ...comparisons,
  ...choices,
  negate: (a) => -a,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  remainder: floorRemainder,
  absolute: Math.abs,
  power,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid,
  erf,
  floor: Math.floor,
  round: roundTiesToEven,
}

// Sums and differences of two int32 are exact in float64, products are not.
const integerOperations: { readonly [Op in OwnDTypeOp]?: Operation } = {
  ...comparisons,
  ...choices,
  negate: (a) => -a,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: Math.imul,
  divide: (a, b) => (b === 0 ? 0 : a / b),
  remainder: (a, b) => (b === 0 ? 0 : floorRemainder(a, b)),
  absolute: Math.abs,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shiftLeft: (a, b) => a << b,
  shiftRightLogical: (a, b) => a >>> b,
}

const boolOperations: { readonly [Op in OwnDTypeOp]?: Operation } = {
  ...comparisons,
  ...choices,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
}

const operationsOf: { readonly [D in DType]: { readonly [Op in OwnDTypeOp]?: Operation } } = {
  float32: floatOperations,
  float64: floatOperations,
  int32: integerOperations,
  uint8: integerOperations,
  bool: boolOperations,
}

/** Brings an exact number into a dtype: floats round, integers wrap (and truncate a quotient towards zero). */
export const settleIn: { readonly [D in DType]: (value: number) => number } = {
  float32: Math.fround,
  float64: (value) => value,
  int32: (value) => value | 0,
  uint8: (value) => value & 255,
  bool: (value) => value,
}

/**
 * An operation on operands of a dtype.
 * @throws Error if the operation does not know the dtype.
 */
export function operation(op: OwnDTypeOp, dtype: DType): Operation {
  const exact = operationsOf[dtype][op]
  if (exact === undefined) throw new Error(`${op}: does not work on ${dtype}.`)
  // Values that are chosen or compared are of their dtype already.
  if (dtype === 'float64' || dtype === 'bool' || op in choices || op in comparisons) return exact
  return settled(exact, dtype)
}

function settled(exact: Operation, dtype: 'float32' | 'int32' | 'uint8'): Operation {
  // One literal each, so that the engine can inline it.
  switch (dtype) {
    case 'float32':
      return (a, b, c) => Math.fround(exact(a, b, c))
    case 'int32':
      return (a, b, c) => exact(a, b, c) | 0
    case 'uint8':
      return (a, b, c) => exact(a, b, c) & 255
  }
}

/** What `cast` does from one dtype to another. */
export function conversion(from: DType, to: DType): (value: number) => number {
  if (from === to || to === 'float64') return (value) => value
  switch (to) {
    case 'float32':
      return Math.fround
    case 'bool':
      // NaN is not 0.
      return (value) => (value === 0 ? 0 : 1)
    case 'int32':
      return isFloat(from) ? (value) => saturate(value, -(2 ** 31), 2 ** 31 - 1) : (value) => value
    case 'uint8':
      return isFloat(from) ? (value) => saturate(value, 0, 255) : (value) => value & 255
  }
}

function isFloat(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float64'
}

function saturate(value: number, low: number, high: number): number {
  if (Number.isNaN(value)) return 0
  // Adding 0 makes −0, which no integer is, 0.
  return Math.min(high, Math.max(low, Math.trunc(value))) + 0
}

// % is exact, so the result is off by at most the rounding of the one addition.
function floorRemainder(a: number, b: number): number {
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}

// JavaScript's ** differs from C's pow in the two places where C gives 1 and JavaScript NaN.
function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b
}

// Each branch raises e only to a negative power.
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const small = Math.exp(x)
  return small / (1 + small)
}

function roundTiesToEven(x: number): number {
  return x - Math.floor(x) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)
}
