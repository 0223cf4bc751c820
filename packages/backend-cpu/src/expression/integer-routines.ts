// Operations on int32 that take more than one instruction.

import type { ProgramModule } from '../program/program-module.ts'
import type { FunctionReference, FunctionWriter } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'

export type IntegerRoutine = 'divide' | 'remainder' | 'maximum' | 'minimum' | 'absolute'

const [a, b] = [0, 1]

const bodies: { readonly [R in IntegerRoutine]: (code: FunctionWriter) => void } = {
  // i32.div_s traps for −2³¹ / −1 and for 0.
  divide: (code) => {
    pushIsZeroOrMinusOne(code)
    code.if(
      () => {
        code.get(a)
        code.get(b)
        code.emit(opcode.i32_mul)
      },
      () => {
        code.get(a)
        code.get(b)
        code.emit(opcode.i32_div_s)
      },
      'i32',
    )
  },
  remainder: (code) => {
    pushIsZeroOrMinusOne(code)
    code.if(
      () => code.i32(0),
      () => {
        code.get(a)
        code.get(b)
        code.emit(opcode.i32_rem_s)
        const rest = code.local('i32')
        code.tee(rest)
        code.get(b)
        code.i32(0)
        // A rest of the other sign than the divisor's: one divisor more.
        code.get(rest)
        code.emit(opcode.i32_eqz)
        code.get(rest)
        code.get(b)
        code.emit(opcode.i32_xor)
        code.i32(0)
        code.emit(opcode.i32_ge_s, opcode.i32_or, opcode.i32_eqz, opcode.select, opcode.i32_add)
      },
      'i32',
    )
  },
  maximum: (code) => selectBy(code, opcode.i32_gt_s),
  minimum: (code) => selectBy(code, opcode.i32_lt_s),
  absolute: (code) => {
    code.i32(0)
    code.get(a)
    code.emit(opcode.i32_sub)
    code.get(a)
    code.get(a)
    code.i32(0)
    code.emit(opcode.i32_lt_s, opcode.select)
  },
}

function pushIsZeroOrMinusOne(code: FunctionWriter): void {
  code.get(b)
  code.i32(1)
  code.emit(opcode.i32_add)
  code.i32(1)
  code.emit(opcode.i32_le_u)
}

function selectBy(code: FunctionWriter, comparison: typeof opcode.i32_gt_s | typeof opcode.i32_lt_s): void {
  code.get(a)
  code.get(b)
  code.get(a)
  code.get(b)
  code.emit(comparison, opcode.select)
}

export function integerRoutine(program: ProgramModule, name: IntegerRoutine): FunctionReference {
  const parameters = name === 'absolute' ? (['i32'] as const) : (['i32', 'i32'] as const)
  return program.routine(`${name} int32`, { parameters, results: ['i32'] }, bodies[name])
}
