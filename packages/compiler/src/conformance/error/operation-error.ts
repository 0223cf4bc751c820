// How an operation passes on the errors of its operands, and what it adds.
//
// The error of a value bounds how far a conforming backend's value may be from it. Two errors mean something special:
// `signOnly`, that the value is exact but a zero may have either sign, and `unknown`, that nothing can be expected of it.

import { type DType, operation, type ScalarOp } from '../../kernel/index.ts'
import { conversion } from '../../kernel/scalar-arithmetic.ts'
import {
  type FloatDType,
  isFloat,
  largestNumber,
  smallestNumber,
  toleranceOf,
  unitInLastPlace,
  unitRoundoff,
} from '../tolerance.ts'

export const signOnly: number = Number.MIN_VALUE
export const unknown: number = Infinity

/** The error of `value`, which an operation makes of operands a, b and c with errors ea, eb and ec. */
export type ErrorRule = (value: number, a: number, b: number, c: number, ea: number, eb: number, ec: number) => number

/** The rule of an operation other than cast on operands of a dtype (for select: that of the choices). */
export function errorRule(op: Exclude<ScalarOp, 'cast'>, dtype: DType): ErrorRule {
  if (op === 'select') return selectRule
  if (op === 'less' || op === 'lessEqual' || op === 'equal') return comparisonRule
  return isFloat(dtype) ? floatRule(op, dtype) : integerRule
}

/** The rule of a cast; only `value`, a and ea matter. */
export function castErrorRule(from: DType, to: DType): ErrorRule {
  if (!isFloat(from)) return integerRule
  if (isFloat(to)) return (value, _a, _b, _c, ea) => (ea <= signOnly ? ea : rounded(to, value, ea))
  const convert = conversion(from, to)
  return (value, a, _b, _c, ea) => {
    if (ea <= signOnly) return 0
    if (to === 'bool') return Math.abs(a) > ea ? 0 : unknown
    return convert(a - ea) === value && convert(a + ea) === value ? 0 : unknown
  }
}

const integerRule: ErrorRule = (_value, _a, _b, _c, ea, eb) => (ea === 0 && eb === 0 ? 0 : unknown)

const comparisonRule: ErrorRule = (_value, a, b, _c, ea, eb) => {
  const error = ea + eb
  return error <= 2 * signOnly || Math.abs(a - b) > error ? 0 : unknown
}

// The wrong choice is off by what the choices differ.
const selectRule: ErrorRule = (value, _a, b, c, ea, eb, ec) => {
  if (ea === 0) return value === b ? (value === c ? Math.max(eb, ec) : eb) : Object.is(value, c) ? ec : eb
  return known(Math.max(Math.abs(value - b) + eb, Math.abs(value - c) + ec))
}

type FloatOp = Exclude<
  ScalarOp,
  'cast' | 'select' | 'less' | 'lessEqual' | 'equal' | 'and' | 'or' | 'xor' | 'shiftLeft' | 'shiftRightLogical'
>

function floatRule(op: ScalarOp, dtype: FloatDType): ErrorRule {
  const { ulps, absolute, signOfZero = false } = toleranceOf(op, dtype)
  const isExact = ulps === 0 && absolute === 0
  const spread = spreadRules[op as FloatOp](dtype)
  const mayDivideByZero = op === 'divide' || op === 'power'

  /** The error of the result of exact operands. */
  const own = (value: number): number => {
    if (isExact) return value === 0 && !signOfZero ? signOnly : 0
    if (!Number.isFinite(value)) return 0
    return within(dtype, value, ulps * unitInLastPlace(value, dtype) + absolute)
  }
  return (value, a, b, _c, ea, eb) => {
    if (ea === 0 && eb === 0) return own(value)
    if (ea <= signOnly && eb <= signOnly) {
      const isDecidedBySign = mayDivideByZero && ((a === 0 && op === 'power') || (b === 0 && op === 'divide'))
      return isDecidedBySign ? unknown : Math.max(own(value), value === 0 ? signOnly : 0)
    }
    // The backend's own error, and that of the interpreter, which the spread is found with.
    return rounded(dtype, value, spread(value, a, b, ea, eb) + 2 * own(value))
  }
}

/** How far the exact result for operands that are off may be from that for operands that are not. */
type Spread = (value: number, a: number, b: number, ea: number, eb: number) => number

const spreadRules: { readonly [Op in FloatOp]: (dtype: FloatDType) => Spread } = {
  negate: () => (_value, _a, _b, ea) => ea,
  absolute: () => (_value, _a, _b, ea) => ea,
  add: () => (_value, _a, _b, ea, eb) => ea + eb,
  subtract: () => (_value, _a, _b, ea, eb) => ea + eb,
  multiply: () => (_value, a, b, ea, eb) => Math.abs(a) * eb + Math.abs(b) * ea + ea * eb,
  divide: () => quotientSpread,
  remainder: () => remainderSpread,
  maximum: () => (_value, _a, _b, ea, eb) => Math.max(ea, eb),
  minimum: () => (_value, _a, _b, ea, eb) => Math.max(ea, eb),
  power: () => powerSpread,
  // The derivative is at most 1.
  sin: () => (_value, _a, _b, ea) => Math.min(ea, 2),
  cos: () => (_value, _a, _b, ea) => Math.min(ea, 2),
  sqrt: (dtype) => monotone('sqrt', dtype),
  exp: (dtype) => monotone('exp', dtype),
  log: (dtype) => monotone('log', dtype),
  tanh: (dtype) => monotone('tanh', dtype),
  sigmoid: (dtype) => monotone('sigmoid', dtype),
  erf: (dtype) => monotone('erf', dtype),
  floor: (dtype) => monotone('floor', dtype),
  round: (dtype) => monotone('round', dtype),
}

function monotone(
  op: 'sqrt' | 'exp' | 'log' | 'tanh' | 'sigmoid' | 'erf' | 'floor' | 'round',
  dtype: FloatDType,
): Spread {
  const apply = operation(op, dtype)
  return (value, a, _b, ea) => Math.max(Math.abs(apply(a + ea, 0, 0) - value), Math.abs(apply(a - ea, 0, 0) - value))
}

const quotientSpread: Spread = (value, _a, b, ea, eb) => {
  const least = Math.abs(b) - eb
  return least > 0 ? (ea + Math.abs(value) * eb) / least : unknown
}

const remainderSpread: Spread = (_value, a, b, ea, eb) => {
  const quotient = a / b
  const error = quotientSpread(quotient, a, b, ea, eb)
  const whole = Math.floor(quotient)
  const isCertain = Math.floor(quotient - error) === whole && Math.floor(quotient + error) === whole
  return isCertain ? ea + Math.abs(whole) * eb : unknown
}

const powerSpread: Spread = (value, a, b, ea, eb) => {
  // A negative number has only whole powers.
  const least = (eb === 0 ? Math.abs(a) : a) - ea
  if (!(least > 0)) return unknown
  const errorOfLogarithm = ea / least
  const exponent = Math.abs(b) * errorOfLogarithm + (Math.abs(Math.log(Math.abs(a))) + errorOfLogarithm) * eb
  return Math.abs(value) * Math.expm1(exponent)
}

/** The error of a value that a backend finds from operands that are off, and then rounds. */
export function rounded(dtype: FloatDType, value: number, error: number): number {
  return within(dtype, value, error + 2 * unitRoundoff[dtype] * (Math.abs(value) + error) + smallestNumber[dtype])
}

/** Where the error reaches beyond the dtype's range, a backend may be at infinity. */
function within(dtype: FloatDType, value: number, error: number): number {
  return Math.abs(value) + error <= largestNumber[dtype] ? error : unknown
}

function known(error: number): number {
  return Number.isNaN(error) ? unknown : error
}
