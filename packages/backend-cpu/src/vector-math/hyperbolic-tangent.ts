import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { multiplyAdd, pushPolynomial, withConstant, withLocal } from './polynomial.ts'

// Adding this rounds to an integer n, the low bits of the sum being the exponent of 2ⁿ⁻¹.
const biasedRounder = 1.5 * 2 ** 23 + 126

// (e²ʳ − 1 − 2r) / 2r² for |r| ≤ ¼ ln 2: the relative error of e²ʳ − 1 is below 2⁻²⁶ (minimax, coefficients rounded one after the other).
const coefficients = [
  4.4386159628629684e-2, 0.1338602602481842, 0.33333948254585266, 0.6666618585586548, 0.9999999403953552,
] as const

// From here on tanh is 1 in float32.
const bound = 9.1

/**
 * Pushes tanh x = (1 − e^−2|x|) / (1 + e^−2|x|) with the sign of x. With −|x| = ½ n ln 2 + r and h = 2ⁿ⁻¹ (e²ʳ − 1) it is
 * −(h + 2ⁿ⁻¹ − ½) / (h + 2ⁿ⁻¹ + ½): near zero, where n is 0, nothing cancels.
 */
export function pushTanh(code: FunctionWriter, x: Local): void {
  const [size, half, rest, scaled] = [0, 1, 2, 3].map(() => code.local('v128')) as [Local, Local, Local, Local]
  code.get(x)
  code.f32x4(-0)
  code.emit(opcode.v128_or)
  // pmax gives its first operand if it is NaN.
  withConstant(code, 'f32x4', 'pmax', -bound)
  code.tee(size)
  code.f32x4(2 * Math.LOG2E)
  multiplyAdd(code, 'f32x4', () => code.f32x4(biasedRounder))
  code.tee(half)
  withConstant(code, 'f32x4', 'sub', biasedRounder)
  code.f32x4(-Math.LN2 / 2)
  multiplyAdd(code, 'f32x4', () => code.get(size))
  code.set(rest)
  code.get(half)
  code.i32(23)
  code.emit(opcode.i32x4_shl)
  code.set(half)

  pushPolynomial(code, 'f32x4', rest, coefficients)
  withLocal(code, 'f32x4', 'mul', rest)
  code.get(rest)
  withLocal(code, 'f32x4', 'add', rest)
  withLocal(code, 'f32x4', 'mul', half)
  code.tee(scaled)
  multiplyAdd(code, 'f32x4', () => code.get(scaled))
  code.tee(scaled)
  code.get(half)
  withConstant(code, 'f32x4', 'sub', 0.5)
  code.emit(opcode.f32x4_add)
  // Not 1 more than that, which would be rounded twice.
  code.get(scaled)
  code.get(half)
  withConstant(code, 'f32x4', 'add', 0.5)
  code.emit(opcode.f32x4_add, opcode.f32x4_div)
  // The sign of x, also of −0.
  code.f32x4(-0)
  code.emit(opcode.v128_andnot)
  code.get(x)
  code.f32x4(-0)
  code.emit(opcode.v128_and, opcode.v128_or)
  for (const local of [size, half, rest, scaled]) code.release(local)
}
