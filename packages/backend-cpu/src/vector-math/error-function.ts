import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { pushExpOfNegative } from './exponential.ts'
import { multiplyAdd, pushPolynomial, withConstant, withLocal } from './polynomial.ts'

// Coefficients by N. Juffa (2012, "Efficient implementation of the single-precision error function").
// erf x = x + x · P(x²) below the boundary,
const inner = [-5.96761703e-4, 4.99119423e-3, -2.67681349e-2, 1.12819925e-1, -3.76125336e-1, 1.28379166e-1] as const
// and 1 − exp(x · P(x) − x) above.
const outer = [
  -1.7285347e-5, 3.83197126e-4, -3.88396438e-3, 2.42546219e-2, -1.06777877e-1, -6.34846687e-1, -1.28717512e-1,
] as const
const boundary = 475 / 512

// From 4 on erf is 1 in float32.
const bound = 4

/** Pushes the Gauss error function. */
export function pushErf(code: FunctionWriter, x: Local): void {
  const [size, square, far] = [code.local('v128'), code.local('v128'), code.local('v128')]
  code.get(x)
  code.emit(opcode.f32x4_abs)
  withConstant(code, 'f32x4', 'pmin', bound)
  code.set(size)

  pushPolynomial(code, 'f32x4', size, outer)
  withLocal(code, 'f32x4', 'mul', size)
  withLocal(code, 'f32x4', 'sub', size)
  code.set(square)
  code.f32x4(1)
  pushExpOfNegative(code, square)
  code.emit(opcode.f32x4_sub)
  // With the sign of x.
  code.get(x)
  code.f32x4(-0)
  code.emit(opcode.v128_and, opcode.v128_or)
  code.set(far)

  code.get(x)
  withLocal(code, 'f32x4', 'mul', x)
  code.set(square)
  code.get(far)
  pushPolynomial(code, 'f32x4', square, inner)
  code.get(x)
  multiplyAdd(code, 'f32x4', () => code.get(x))
  code.get(size)
  withConstant(code, 'f32x4', 'gt', boundary)
  code.emit(opcode.v128_bitselect)
  for (const local of [size, square, far]) code.release(local)
}
