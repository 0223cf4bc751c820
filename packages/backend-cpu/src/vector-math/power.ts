import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { pushPolynomial, withConstant, withLocal } from './polynomial.ts'

// log₂ m = s · P(s²) with s = (m − 1) / (m + 1): the series 2 / ln 2 · Σ s²ⁿ / (2n + 1), to 1e-12 for √½ ≤ m < √2.
const logarithmCoefficients = [13, 11, 9, 7, 5, 3, 1].map((n) => 2 / Math.LN2 / n) as [number, ...number[]]

// 2ᶠ = Σ (f ln 2)ⁿ / n!, to 2e-10 for |f| ≤ ½.
const exponentialCoefficients = [8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => Math.LN2 ** n / factorial(n)) as [
  number,
  ...number[],
]

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1)
}

const rounder = 1.5 * 2 ** 52
// The high word of √½ in float64.
const rootHalfHigh = 0x3fe6a09e
// Stands for ±∞, but 0 times it is 0.
const huge = 1e300
// Beyond, the result is ∞ or 0 in float32.
const exponentBound = 300

/** Pushes aᵇ as C defines it: 2 to the power b · log₂|a| in float64, two lanes at a time, with the sign that an odd b leaves. */
export function pushPower(code: FunctionWriter, a: Local, b: Local): void {
  const [size, result] = [code.local('v128'), code.local('v128')]
  code.get(a)
  code.emit(opcode.f32x4_abs)
  code.set(size)
  pushOfLowLanes(code, size, b)
  const [highSize, highExponent] = [code.local('v128'), code.local('v128')]
  for (const [from, to] of [
    [size, highSize],
    [b, highExponent],
  ] as const) {
    code.get(from)
    code.get(from)
    code.shuffle32(2, 3, 0, 1)
    code.set(to)
  }
  pushOfLowLanes(code, highSize, highExponent)
  code.shuffle32(0, 1, 4, 5)
  code.set(result)

  code.f32x4(1)
  code.f32x4(Number.NaN)
  pushSigned(code, a, b, result)
  pushIsUndefined(code, a, b)
  code.emit(opcode.v128_bitselect)
  pushIsOne(code, a, b, size)
  code.emit(opcode.v128_bitselect)
  for (const local of [size, result, highSize, highExponent]) code.release(local)
}

/** Pushes sizeᵇ of the two low lanes, in the two low lanes; the sizes are not negative. */
function pushOfLowLanes(code: FunctionWriter, size: Local, b: Local): void {
  const [value, logarithm, square] = [code.local('v128'), code.local('v128'), code.local('v128')]
  code.get(size)
  code.emit(opcode.f64x2_promote_low_f32x4)
  code.set(value)
  pushLogarithm(code, value, logarithm, square)
  code.get(b)
  code.emit(opcode.f64x2_promote_low_f32x4, opcode.f64x2_mul)
  // pmin and pmax give their first operand if it is NaN.
  withConstant(code, 'f64x2', 'pmin', exponentBound)
  withConstant(code, 'f64x2', 'pmax', -exponentBound)
  code.tee(value)
  code.get(value)
  withConstant(code, 'f64x2', 'add', rounder)
  code.tee(square)
  withConstant(code, 'f64x2', 'sub', rounder)
  code.emit(opcode.f64x2_sub)
  code.set(value)
  pushPolynomial(code, 'f64x2', value, exponentialCoefficients)
  // 2ⁿ: n stands in the low word of the rounded number.
  code.get(square)
  code.get(square)
  code.shuffle32(0, 0, 2, 2)
  code.i32x4(1023)
  code.emit(opcode.i32x4_add)
  code.i32(20)
  code.emit(opcode.i32x4_shl)
  code.i32x4(0, -1, 0, -1)
  code.emit(opcode.v128_and, opcode.f64x2_mul, opcode.f32x4_demote_f64x2_zero)
  for (const local of [value, logarithm, square]) code.release(local)
}

/** Pushes log₂ of a float64 vector, −`huge` for 0 and `huge` for ∞. */
function pushLogarithm(code: FunctionWriter, value: Local, ratio: Local, square: Local): void {
  const bits = code.local('v128')
  code.f64x2(-huge)
  code.f64x2(huge)
  // The exponent, from the high words.
  code.get(value)
  code.i32x4(0, rootHalfHigh, 0, rootHalfHigh)
  code.emit(opcode.i32x4_sub)
  code.tee(bits)
  code.i32(20)
  code.emit(opcode.i32x4_shr_s)
  code.get(bits)
  code.shuffle32(1, 3, 1, 3)
  code.emit(opcode.f64x2_convert_low_i32x4_s)
  // The mantissa: what is left, on top of √½.
  code.get(bits)
  code.i32x4(-1, 0xfffff, -1, 0xfffff)
  code.emit(opcode.v128_and)
  code.i32x4(0, rootHalfHigh, 0, rootHalfHigh)
  code.emit(opcode.i32x4_add)
  code.tee(ratio)
  withConstant(code, 'f64x2', 'sub', 1)
  code.get(ratio)
  withConstant(code, 'f64x2', 'add', 1)
  code.emit(opcode.f64x2_div)
  code.tee(ratio)
  withLocal(code, 'f64x2', 'mul', ratio)
  code.set(square)
  pushPolynomial(code, 'f64x2', square, logarithmCoefficients)
  withLocal(code, 'f64x2', 'mul', ratio)
  code.emit(opcode.f64x2_add)
  // Adds NaN for NaN and ∞, 0 for the others.
  code.get(value)
  withLocal(code, 'f64x2', 'sub', value)
  code.emit(opcode.f64x2_add)
  code.get(value)
  withConstant(code, 'f64x2', 'eq', Infinity)
  code.emit(opcode.v128_bitselect)
  code.get(value)
  withConstant(code, 'f64x2', 'eq', 0)
  code.emit(opcode.v128_bitselect)
  code.release(bits)
}

/** Pushes the result negated where a is negative (−0 too) and b odd. */
function pushSigned(code: FunctionWriter, a: Local, b: Local, result: Local): void {
  code.get(result)
  code.get(a)
  code.f32x4(-0)
  code.emit(opcode.v128_and)
  // Odd: an integer whose half is none.
  pushIsInteger(code, b)
  const half = code.local('v128')
  code.get(b)
  withConstant(code, 'f32x4', 'mul', 0.5)
  code.set(half)
  pushIsInteger(code, half)
  code.emit(opcode.v128_andnot, opcode.v128_and, opcode.v128_xor)
  code.release(half)
}

/** Pushes whether a is negative and finite and b no integer. */
function pushIsUndefined(code: FunctionWriter, a: Local, b: Local): void {
  code.get(a)
  withConstant(code, 'f32x4', 'lt', 0)
  code.get(a)
  withConstant(code, 'f32x4', 'gt', -Infinity)
  code.emit(opcode.v128_and)
  pushIsInteger(code, b)
  code.emit(opcode.v128_andnot)
}

/** Pushes whether b is 0, a is 1, or a is −1 and b infinite: the result is 1 then, even beside NaN. */
function pushIsOne(code: FunctionWriter, a: Local, b: Local, size: Local): void {
  code.get(b)
  withConstant(code, 'f32x4', 'eq', 0)
  code.get(a)
  withConstant(code, 'f32x4', 'eq', 1)
  code.emit(opcode.v128_or)
  code.get(size)
  withConstant(code, 'f32x4', 'eq', 1)
  code.get(b)
  code.emit(opcode.f32x4_abs)
  withConstant(code, 'f32x4', 'eq', Infinity)
  code.emit(opcode.v128_and, opcode.v128_or)
}

/** ±∞ count as integers. */
function pushIsInteger(code: FunctionWriter, value: Local): void {
  code.get(value)
  code.emit(opcode.f32x4_trunc)
  code.get(value)
  code.emit(opcode.f32x4_eq)
}
