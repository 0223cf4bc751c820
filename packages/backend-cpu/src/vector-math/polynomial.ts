import { hasRelaxedSimd } from '../wasm/features.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'

type Shape = 'f32x4' | 'f64x2'

/**
 * Pushes a polynomial of a local; the first coefficient is that of the highest power. Horner's rule goes by the square (which the caller may
 * have), two coefficients a step: the chain of operations that wait for each other, which bounds loops of elementary functions, is half as long.
 */
export function pushPolynomial(
  code: FunctionWriter,
  shape: Shape,
  x: Local,
  coefficients: readonly number[],
  knownSquare?: Local,
): void {
  const square = knownSquare ?? keepSquare(code, x, shape)
  const start = coefficients.length % 2
  if (start === 1) code[shape](coefficients[0]!)
  for (let place = start; place < coefficients.length; place += 2) {
    const pushPair = (): void => {
      code[shape](coefficients[place]!)
      code.get(x)
      multiplyAdd(code, shape, () => code[shape](coefficients[place + 1]!))
    }
    if (place === 0) pushPair()
    else {
      code.get(square)
      multiplyAdd(code, shape, pushPair)
    }
  }
  if (knownSquare === undefined) code.release(square)
}

/** The square of a local. */
export function keepSquare(code: FunctionWriter, x: Local, shape: Shape = 'f32x4'): Local {
  code.get(x)
  withLocal(code, shape, 'mul', x)
  return code.keep('v128')
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
