import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import { pushExpOfBounded } from './exponential.ts'
import { multiplyAdd, pushPolynomial, withConstant, withLocal } from './polynomial.ts'

// (tanh x − x) / x³ below the boundary (Cephes, tanhf.c).
const coefficients = [
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
] as const
const boundary = 0.625

// From here on tanh is 1 in float32.
const bound = 9.1

/** Pushes tanh x: a polynomial near zero, elsewhere 1 − 2 / (e^2|x| + 1) with the sign of x. */
export function pushTanh(code: FunctionWriter, x: Local): void {
  const [size, square, double] = [code.local('v128'), code.local('v128'), code.local('v128')]
  code.get(x)
  code.emit('f32x4.abs')
  // pmin gives its first operand if it is NaN.
  withConstant(code, 'f32x4', 'pmin', bound)
  code.tee(size)
  withLocal(code, 'f32x4', 'add', size)
  code.set(double)

  code.f32x4(1)
  code.f32x4(2)
  pushExpOfBounded(code, double)
  withConstant(code, 'f32x4', 'add', 1)
  code.emit('f32x4.div', 'f32x4.sub')

  code.get(x)
  withLocal(code, 'f32x4', 'mul', x)
  code.set(square)
  pushPolynomial(code, 'f32x4', square, coefficients)
  withLocal(code, 'f32x4', 'mul', square)
  code.get(x)
  multiplyAdd(code, 'f32x4', () => code.get(x))

  code.get(size)
  withConstant(code, 'f32x4', 'gt', boundary)
  code.emit('v128.bitselect')
  // Also for −0, which the polynomial makes 0.
  code.get(x)
  code.f32x4(-0)
  code.emit('v128.and', 'v128.or')
  for (const local of [size, square, double]) code.release(local)
}
