import { hasRelaxedSimd } from '../wasm/features.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import type { PlainOpcode } from '../wasm/opcodes.ts'
import * as opcode from '../wasm/opcodes.ts'

type Shape = 'f32x4' | 'f64x2'
type Operation = 'add' | 'sub' | 'mul' | 'pmin' | 'pmax' | 'lt' | 'gt' | 'eq'

const operations: { readonly [S in Shape]: { readonly [O in Operation]: PlainOpcode } } = {
  f32x4: {
    add: opcode.f32x4_add,
    sub: opcode.f32x4_sub,
    mul: opcode.f32x4_mul,
    pmin: opcode.f32x4_pmin,
    pmax: opcode.f32x4_pmax,
    lt: opcode.f32x4_lt,
    gt: opcode.f32x4_gt,
    eq: opcode.f32x4_eq,
  },
  f64x2: {
    add: opcode.f64x2_add,
    sub: opcode.f64x2_sub,
    mul: opcode.f64x2_mul,
    pmin: opcode.f64x2_pmin,
    pmax: opcode.f64x2_pmax,
    lt: opcode.f64x2_lt,
    gt: opcode.f64x2_gt,
    eq: opcode.f64x2_eq,
  },
}

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
  const { mul, add } = operations[shape]
  if (!hasRelaxedSimd()) code.emit(mul)
  pushSummand()
  if (!hasRelaxedSimd()) code.emit(add)
  else code.emit(shape === 'f32x4' ? opcode.f32x4_relaxed_madd : opcode.f64x2_relaxed_madd)
}

/** Multiplies or adds (…) what is on the stack with a constant. */
export function withConstant(code: FunctionWriter, shape: Shape, operation: Operation, value: number): void {
  code[shape](value)
  code.emit(operations[shape][operation])
}

/** Multiplies or adds (…) what is on the stack with a local. */
export function withLocal(code: FunctionWriter, shape: Shape, operation: Operation, local: Local): void {
  code.get(local)
  code.emit(operations[shape][operation])
}
