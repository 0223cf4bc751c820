import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { multiplyAdd, pushPolynomial, withConstant, withLocal } from './polynomial.ts'

// (log(1 + m) − m + m²/2) / m³ for √½ ≤ 1 + m < √2 (Cephes, logf.c).
const coefficients = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
] as const

// ln 2 in two parts, the first with so few digits that its products with the exponent are exact.
const ln2High = 0.693359375
const ln2Low = Math.LN2 - ln2High

const smallestNormal = 2 ** -126
// Bits of √½: subtracting them carries into the exponent just where the mantissa passes it.
const rootHalfBits = 0x3f3504f3

/** Pushes the natural logarithm: x = 2ᵉ · (1 + m), log x = e ln 2 + log(1 + m). */
export function pushLog(code: FunctionWriter, x: Local): void {
  const [mantissa, exponent, square] = [code.local('v128'), code.local('v128'), code.local('v128')]
  const [isSmall, rest] = [code.local('v128'), code.local('v128')]
  // Subnormal numbers are brought into the normal range by 2²³.
  code.get(x)
  withConstant(code, 'f32x4', 'mul', 2 ** 23)
  code.get(x)
  code.get(x)
  withConstant(code, 'f32x4', 'lt', smallestNormal)
  code.tee(isSmall)
  code.emit(opcode.v128_bitselect)
  code.i32x4(rootHalfBits)
  code.emit(opcode.i32x4_sub)
  code.tee(exponent)
  // What is left below the exponent, on top of √½, is the mantissa.
  code.i32x4(0x7fffff)
  code.emit(opcode.v128_and)
  code.i32x4(rootHalfBits)
  code.emit(opcode.i32x4_add)
  withConstant(code, 'f32x4', 'sub', 1)
  code.set(mantissa)
  code.get(exponent)
  code.i32(23)
  code.emit(opcode.i32x4_shr_s)
  code.i32x4(23)
  code.get(isSmall)
  code.emit(opcode.v128_and, opcode.i32x4_sub, opcode.f32x4_convert_i32x4_s)
  code.set(exponent)

  code.get(mantissa)
  withLocal(code, 'f32x4', 'mul', mantissa)
  code.set(square)
  pushPolynomial(code, 'f32x4', mantissa, coefficients, square)
  withLocal(code, 'f32x4', 'mul', mantissa)
  withLocal(code, 'f32x4', 'mul', square)
  code.set(rest)
  for (const [factor, constant] of [
    [exponent, ln2Low],
    [square, -0.5],
  ] as const) {
    code.get(factor)
    code.f32x4(constant)
    multiplyAdd(code, 'f32x4', () => code.get(rest))
    code.set(rest)
  }
  code.get(rest)
  withLocal(code, 'f32x4', 'add', mantissa)
  code.set(rest)
  code.get(exponent)
  code.f32x4(ln2High)
  multiplyAdd(code, 'f32x4', () => code.get(rest))
  code.set(mantissa)
  pushSpecial(code, x, mantissa)
  for (const local of [mantissa, exponent, square, isSmall, rest]) code.release(local)
}

/** log 0 is −∞, log ∞ is ∞, and of negative numbers and NaN it is NaN. */
function pushSpecial(code: FunctionWriter, x: Local, result: Local): void {
  code.get(result)
  // √x is NaN for negative numbers; times ∞ it is ∞ for the others but 0.
  code.get(x)
  code.emit(opcode.f32x4_sqrt)
  withConstant(code, 'f32x4', 'mul', Infinity)
  code.get(x)
  withConstant(code, 'f32x4', 'gt', 0)
  code.get(x)
  withConstant(code, 'f32x4', 'lt', Infinity)
  code.emit(opcode.v128_and, opcode.v128_bitselect)
  code.set(result)
  code.f32x4(-Infinity)
  code.get(result)
  code.get(x)
  withConstant(code, 'f32x4', 'eq', 0)
  code.emit(opcode.v128_bitselect)
}
