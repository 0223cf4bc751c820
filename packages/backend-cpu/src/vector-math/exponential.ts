import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import { multiplyAdd, pushPolynomial, withConstant, withLocal } from './polynomial.ts'

// Adding and subtracting 1.5 · 2²³ rounds to an integer, which then stands in the low bits of the sum.
const rounder = 1.5 * 2 ** 23

// ln 2 in two parts, the first with so few digits that its products with the exponent are exact (Cephes).
const ln2High = 0.693359375
const ln2Low = Math.LN2 - ln2High

// (eʳ − 1 − r) / r² for |r| ≤ ½ ln 2 (Cephes, expf.c).
const coefficients = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
] as const

/** Pushes eˣ: x = n ln 2 + r, eʳ by a polynomial, times 2ⁿ in two steps, so that it overflows and underflows as it should. */
export function pushExp(code: FunctionWriter, x: Local): void {
  const [bounded, power] = [code.local('v128'), code.local('v128')]
  // pmin and pmax give their first operand if it is NaN. Beyond these bounds the result is ∞ or 0 anyway.
  code.get(x)
  withConstant(code, 'f32x4', 'pmin', 89)
  withConstant(code, 'f32x4', 'pmax', -105)
  code.set(bounded)
  pushReduced(code, bounded, power)
  const half = code.local('v128')
  code.get(power)
  code.i32(1)
  code.emit('i32x4.shr_u')
  code.tee(half)
  powerOfTwo(code)
  code.emit('f32x4.mul')
  code.get(power)
  code.get(half)
  code.emit('i32x4.sub')
  powerOfTwo(code)
  code.emit('f32x4.mul')
  for (const local of [bounded, power, half]) code.release(local)
}

/** Pushes eˣ for |x| ≤ 87. */
export function pushExpOfBounded(code: FunctionWriter, x: Local): void {
  const power = code.local('v128')
  pushReduced(code, x, power)
  code.get(power)
  powerOfTwo(code)
  code.emit('f32x4.mul')
  code.release(power)
}

/** Pushes eʳ and leaves n in the low 9 bits of `power`. */
function pushReduced(code: FunctionWriter, x: Local, power: Local): void {
  const [rest, multiple] = [code.local('v128'), code.local('v128')]
  code.get(x)
  code.f32x4(Math.LOG2E)
  multiplyAdd(code, 'f32x4', () => code.f32x4(rounder))
  code.tee(power)
  withConstant(code, 'f32x4', 'sub', rounder)
  code.tee(multiple)
  code.f32x4(-ln2High)
  multiplyAdd(code, 'f32x4', () => code.get(x))
  code.set(rest)
  code.get(multiple)
  code.f32x4(-ln2Low)
  multiplyAdd(code, 'f32x4', () => code.get(rest))
  code.set(rest)

  pushPolynomial(code, 'f32x4', rest, coefficients)
  withLocal(code, 'f32x4', 'mul', rest)
  code.get(rest)
  multiplyAdd(code, 'f32x4', () => code.get(rest))
  withConstant(code, 'f32x4', 'add', 1)
  code.release(rest)
  code.release(multiple)
}

/** The low 9 bits of the lanes on the stack, an integer from −126 to 127, become float32 powers of two; `bias` is 127 or less. */
function powerOfTwo(code: FunctionWriter, bias = 127): void {
  code.i32(23)
  code.emit('i32x4.shl')
  code.i32x4(bias << 23)
  code.emit('i32x4.add')
}

/** Pushes 1 / (1 + e⁻ˣ). */
export function pushSigmoid(code: FunctionWriter, x: Local): void {
  const [negated, power] = [code.local('v128'), code.local('v128')]
  code.f32x4(1)
  code.f32x4(1)
  // Below, e⁻ˣ is lost beside 1 anyway; above, it is ∞.
  code.get(x)
  code.emit('f32x4.neg')
  withConstant(code, 'f32x4', 'pmin', 89)
  withConstant(code, 'f32x4', 'pmax', -80)
  code.set(negated)
  pushReduced(code, negated, power)
  // 2¹²⁸ is no float32, so half of the power first.
  code.get(power)
  powerOfTwo(code, 126)
  code.emit('f32x4.mul')
  withConstant(code, 'f32x4', 'mul', 2)
  code.emit('f32x4.add', 'f32x4.div')
  code.release(negated)
  code.release(power)
}
