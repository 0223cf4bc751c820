import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { keepSquare, multiplyAdd, pushPolynomial, withConstant, withLocal } from './polynomial.ts'

// Adding and subtracting 1.5 · 2²³ rounds to an integer n, which then stands in the low bits of the sum. With the exponent's bias added,
// these bits are the exponent of 2ⁿ.
const rounder = 1.5 * 2 ** 23
const biasedRounder = rounder + 127

// ln 2 in two parts, the first with so few digits that its products with the exponent are exact (Cephes).
const ln2High = 0.693359375
const ln2Low = Math.LN2 - ln2High

// (eʳ − 1 − r) / r² for |r| ≤ ½ ln 2: the error of eʳ is below 2⁻²⁸ (minimax, coefficients rounded one after the other).
const coefficients = [
  1.3820433523505926e-3, 8.36868118494749e-3, 4.166826978325844e-2, 0.1666652113199234, 0.4999999403953552,
] as const

/** Pushes eˣ: x = n ln 2 + r, eʳ by a polynomial, times 2ⁿ in two steps, so that it overflows and underflows as it should. */
export function pushExp(code: FunctionWriter, x: Local): void {
  const [bounded, power] = [code.local('v128'), code.local('v128')]
  // pmin and pmax give their first operand if it is NaN. Beyond these bounds the result is ∞ or 0 anyway.
  code.get(x)
  withConstant(code, 'f32x4', 'pmin', 89)
  withConstant(code, 'f32x4', 'pmax', -105)
  code.set(bounded)
  pushReduced(code, bounded, power, rounder)
  const half = code.local('v128')
  code.get(power)
  code.i32(1)
  code.emit(opcode.i32x4_shr_u)
  code.tee(half)
  powerOfTwo(code)
  code.emit(opcode.f32x4_mul)
  code.get(power)
  code.get(half)
  code.emit(opcode.i32x4_sub)
  powerOfTwo(code)
  code.emit(opcode.f32x4_mul)
  for (const local of [bounded, power, half]) code.release(local)
}

/** Pushes eˣ for x ≤ 0 (or NaN), which takes fewer steps: 2ⁿ is 1 or less. Below 2⁻¹²⁷ it is 0. */
export function pushExpOfNegative(code: FunctionWriter, x: Local): void {
  const [bounded, power] = [code.local('v128'), code.local('v128')]
  code.get(x)
  withConstant(code, 'f32x4', 'pmax', -88)
  code.set(bounded)
  pushReduced(code, bounded, power, biasedRounder)
  code.get(power)
  shiftToExponent(code)
  code.emit(opcode.f32x4_mul)
  code.release(bounded)
  code.release(power)
}

/** Pushes eʳ and leaves n in the low bits of `power`, with what the rounder adds to it. */
function pushReduced(code: FunctionWriter, x: Local, power: Local, rounder_: number): void {
  const [rest, multiple] = [code.local('v128'), code.local('v128')]
  code.get(x)
  code.f32x4(Math.LOG2E)
  multiplyAdd(code, 'f32x4', () => code.f32x4(rounder_))
  code.tee(power)
  withConstant(code, 'f32x4', 'sub', rounder_)
  code.tee(multiple)
  code.f32x4(-ln2High)
  multiplyAdd(code, 'f32x4', () => code.get(x))
  code.set(rest)
  code.get(multiple)
  code.f32x4(-ln2Low)
  multiplyAdd(code, 'f32x4', () => code.get(rest))
  code.set(rest)

  const square = keepSquare(code, rest)
  pushPolynomial(code, 'f32x4', rest, coefficients, square)
  code.get(square)
  multiplyAdd(code, 'f32x4', () => code.get(rest))
  withConstant(code, 'f32x4', 'add', 1)
  for (const local of [rest, multiple, square]) code.release(local)
}

/** The low 9 bits of the lanes on the stack, an integer from −126 to 127, become float32 powers of two. */
function powerOfTwo(code: FunctionWriter): void {
  shiftToExponent(code)
  code.i32x4(127 << 23)
  code.emit(opcode.i32x4_add)
}

function shiftToExponent(code: FunctionWriter): void {
  code.i32(23)
  code.emit(opcode.i32x4_shl)
}

/** Pushes 1 / (1 + e⁻ˣ). */
export function pushSigmoid(code: FunctionWriter, x: Local): void {
  const [bounded, power, multiple, rest] = [0, 1, 2, 3].map(() => code.local('v128')) as [Local, Local, Local, Local]
  code.f32x4(1)
  code.f32x4(1)
  // Above, e⁻ˣ is lost beside 1 anyway; below, it is ∞.
  code.get(x)
  withConstant(code, 'f32x4', 'pmin', 80)
  withConstant(code, 'f32x4', 'pmax', -89)
  code.tee(bounded)
  code.f32x4(-Math.LOG2E)
  multiplyAdd(code, 'f32x4', () => code.f32x4(biasedRounder))
  code.tee(power)
  withConstant(code, 'f32x4', 'sub', biasedRounder)
  code.tee(multiple)
  code.f32x4(ln2High)
  multiplyAdd(code, 'f32x4', () => code.get(bounded))
  code.set(rest)
  code.get(multiple)
  code.f32x4(ln2Low)
  multiplyAdd(code, 'f32x4', () => code.get(rest))
  code.set(rest)
  const square = keepSquare(code, rest)
  pushPolynomial(code, 'f32x4', rest, negatedCoefficients, square)
  withLocal(code, 'f32x4', 'mul', square)
  withLocal(code, 'f32x4', 'sub', rest)
  withConstant(code, 'f32x4', 'add', 1)
  code.get(power)
  shiftToExponent(code)
  code.emit(opcode.f32x4_mul, opcode.f32x4_add, opcode.f32x4_div)
  for (const local of [bounded, power, multiple, rest, square]) code.release(local)
}

// e⁻ʳ: the same polynomial, of −r.
const [c6, c5, c4, c3, c2] = coefficients
const negatedCoefficients = [c6, -c5, c4, -c3, c2] as const
