// The elementary functions of four float32 lanes, as routines of a module or written in place.

import type { ProgramModule } from '../program/program-module.ts'
import { pushErf } from '../vector-math/error-function.ts'
import { pushExp, pushExpOfNegative, pushSigmoid } from '../vector-math/exponential.ts'
import { pushTanh } from '../vector-math/hyperbolic-tangent.ts'
import { pushLog } from '../vector-math/logarithm.ts'
import { pushPower } from '../vector-math/power.ts'
import { pushSineOrCosine } from '../vector-math/sine-cosine.ts'
import type { FunctionReference, FunctionWriter, Local } from '../wasm/function-writer.ts'

/** `expOfNegative` is `exp` of what is never positive. */
export type VectorFunction = 'exp' | 'expOfNegative' | 'log' | 'sin' | 'cos' | 'tanh' | 'sigmoid' | 'erf' | 'power'

/** Pushes the function of some locals. */
type Push = (code: FunctionWriter, program: ProgramModule, a: Local, b: Local) => void

const bodies: { readonly [F in VectorFunction]: Push } = {
  exp: (code, _, x) => pushExp(code, x),
  expOfNegative: (code, _, x) => pushExpOfNegative(code, x),
  log: (code, _, x) => pushLog(code, x),
  sin: (code, program, x) => pushSineOrCosine(code, x, 'sin', program),
  cos: (code, program, x) => pushSineOrCosine(code, x, 'cos', program),
  tanh: (code, _, x) => pushTanh(code, x),
  sigmoid: (code, _, x) => pushSigmoid(code, x),
  erf: (code, _, x) => pushErf(code, x),
  power: (code, _, a, b) => pushPower(code, a, b),
}

/** A routine that takes and gives four float32 lanes. */
export function vectorFunction(program: ProgramModule, name: VectorFunction): FunctionReference {
  const parameters = name === 'power' ? (['v128', 'v128'] as const) : (['v128'] as const)
  return program.routine(`${name} of four`, { parameters, results: ['v128'] }, (code) => {
    bodies[name](code, program, 0, 1)
  })
}

type InlineableFunction = Exclude<VectorFunction, 'power' | 'sin' | 'cos'>

const inlineable: ReadonlySet<string> = new Set<InlineableFunction>([
  'exp',
  'expOfNegative',
  'log',
  'tanh',
  'sigmoid',
  'erf',
])

/** Whether an operation is a function of one operand that is short enough to be written in place. */
export function isInlineable(op: string): op is InlineableFunction {
  return inlineable.has(op)
}

/** Writes a function of one operand, which is on the stack, in place. */
export function inlineVectorFunction(code: FunctionWriter, program: ProgramModule, name: InlineableFunction): void {
  const operand = code.keep('v128')
  bodies[name](code, program, operand, operand)
  code.release(operand)
}
