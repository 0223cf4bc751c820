import { hasRelaxedSimd } from '../wasm/features.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'

type Shape = 'f32x4' | 'f64x2'

/** Pushes a polynomial of a local by Horner's rule; the first coefficient is that of the highest power. */
export function pushPolynomial(
  code: FunctionWriter,
  shape: Shape,
  x: Local,
  [first, ...rest]: readonly [number, ...number[]],
): void {
  code[shape](first)
  for (const coefficient of rest) {
    code.get(x)
    multiplyAdd(code, shape, () => code[shape](coefficient))
  }
}

/** Pops two factors and adds to their product what is pushed. */
export function multiplyAdd(code: FunctionWriter, shape: Shape, pushSummand: () => void): void {
  if (!hasRelaxedSimd()) code.emit(`${shape}.mul`)
  pushSummand()
  code.emit(hasRelaxedSimd() ? `${shape}.relaxed_madd` : `${shape}.add`)
}

/** Multiplies or adds (…) what is on the stack with a constant. */
export function withConstant(
  code: FunctionWriter,
  shape: Shape,
  operation: 'add' | 'sub' | 'mul' | 'div' | 'pmin' | 'pmax' | 'lt' | 'le' | 'gt' | 'ge' | 'eq',
  value: number,
): void {
  code[shape](value)
  code.emit(`${shape}.${operation}`)
}

/** Multiplies or adds (…) what is on the stack with a local. */
export function withLocal(
  code: FunctionWriter,
  shape: Shape,
  operation: 'add' | 'sub' | 'mul' | 'div',
  local: Local,
): void {
  code.get(local)
  code.emit(`${shape}.${operation}`)
}
