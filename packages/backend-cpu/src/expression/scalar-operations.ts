// What every scalar operation is in WebAssembly, for one element: operands on the stack become the result.

import type { DType, ScalarOp } from '@neurite/compiler/kernel'
import type { ProgramModule, ReferenceOp } from '../program/program-module.ts'
import type { FunctionReference, FunctionWriter } from '../wasm/function-writer.ts'
import type { PlainOpcode } from '../wasm/opcodes.ts'
import * as opcode from '../wasm/opcodes.ts'
import { type IntegerRoutine, integerRoutine } from './integer-routines.ts'
import { type VectorFunction, vectorFunction } from './vector-functions.ts'

/** Writes an operation whose operands are on the stack. */
export type Emit = (code: FunctionWriter, program: ProgramModule) => void

type Operations = { readonly [Op in Exclude<ScalarOp, 'cast' | 'select'>]?: Emit }

const instruction =
  (name: PlainOpcode): Emit =>
  (code) =>
    code.emit(name)

const call =
  (target: (program: ProgramModule) => FunctionReference): Emit =>
  (code, program) =>
    code.call(target(program))

const reference = (op: ReferenceOp): Emit => call((program) => program.reference(op))
const routine = (name: IntegerRoutine): Emit => call((program) => integerRoutine(program, name))
// One float32 is computed as four equal ones, so that it comes out the same alone and in a vector.
const lane = (name: VectorFunction): Emit => call((program) => singleRoutine(program, name))

const float32: Operations = {
  negate: instruction(opcode.f32_neg),
  add: instruction(opcode.f32_add),
  subtract: instruction(opcode.f32_sub),
  multiply: instruction(opcode.f32_mul),
  divide: instruction(opcode.f32_div),
  maximum: instruction(opcode.f32_max),
  minimum: instruction(opcode.f32_min),
  absolute: instruction(opcode.f32_abs),
  sqrt: instruction(opcode.f32_sqrt),
  floor: instruction(opcode.f32_floor),
  round: instruction(opcode.f32_nearest),
  less: instruction(opcode.f32_lt),
  lessEqual: instruction(opcode.f32_le),
  equal: instruction(opcode.f32_eq),
  remainder: call(remainderRoutine),
  power: lane('power'),
  exp: lane('exp'),
  log: lane('log'),
  sin: lane('sin'),
  cos: lane('cos'),
  tanh: lane('tanh'),
  sigmoid: lane('sigmoid'),
  erf: lane('erf'),
}

const float64: Operations = {
  negate: instruction(opcode.f64_neg),
  add: instruction(opcode.f64_add),
  subtract: instruction(opcode.f64_sub),
  multiply: instruction(opcode.f64_mul),
  divide: instruction(opcode.f64_div),
  maximum: instruction(opcode.f64_max),
  minimum: instruction(opcode.f64_min),
  absolute: instruction(opcode.f64_abs),
  sqrt: instruction(opcode.f64_sqrt),
  floor: instruction(opcode.f64_floor),
  round: instruction(opcode.f64_nearest),
  less: instruction(opcode.f64_lt),
  lessEqual: instruction(opcode.f64_le),
  equal: instruction(opcode.f64_eq),
  remainder: reference('remainder'),
  power: reference('power'),
  exp: reference('exp'),
  log: reference('log'),
  sin: reference('sin'),
  cos: reference('cos'),
  tanh: reference('tanh'),
  sigmoid: reference('sigmoid'),
  erf: reference('erf'),
}

const comparisons: Operations = {
  less: instruction(opcode.i32_lt_s),
  lessEqual: instruction(opcode.i32_le_s),
  equal: instruction(opcode.i32_eq),
}

const int32: Operations = {
  ...comparisons,
  negate: (code) => {
    code.i32(-1)
    code.emit(opcode.i32_mul)
  },
  add: instruction(opcode.i32_add),
  subtract: instruction(opcode.i32_sub),
  multiply: instruction(opcode.i32_mul),
  divide: routine('divide'),
  remainder: routine('remainder'),
  maximum: routine('maximum'),
  minimum: routine('minimum'),
  absolute: routine('absolute'),
  and: instruction(opcode.i32_and),
  or: instruction(opcode.i32_or),
  xor: instruction(opcode.i32_xor),
  shiftLeft: instruction(opcode.i32_shl),
  shiftRightLogical: instruction(opcode.i32_shr_u),
}

/** What can leave 0 … 255 keeps its low 8 bits. */
const lowByte =
  (emit: Emit): Emit =>
  (code, program) => {
    emit(code, program)
    code.i32(255)
    code.emit(opcode.i32_and)
  }

const uint8: Operations = {
  ...int32,
  negate: lowByte(int32.negate!),
  add: lowByte(int32.add!),
  subtract: lowByte(int32.subtract!),
  multiply: lowByte(int32.multiply!),
  shiftLeft: lowByte(int32.shiftLeft!),
}

const bool: Operations = {
  ...comparisons,
  maximum: instruction(opcode.i32_or),
  minimum: instruction(opcode.i32_and),
  and: instruction(opcode.i32_and),
  or: instruction(opcode.i32_or),
  xor: instruction(opcode.i32_xor),
}

const operationsOf: { readonly [D in DType]: Operations } = { float32, float64, int32, uint8, bool }

/** Writes an operation on elements of a dtype that it knows. */
export function scalarOperation(op: Exclude<ScalarOp, 'cast' | 'select'>, dtype: DType): Emit {
  const emit = operationsOf[dtype][op]
  if (emit === undefined) throw new Error(`backend-cpu: ${op} does not work on ${dtype}.`)
  return emit
}

function remainderRoutine(program: ProgramModule): FunctionReference {
  return program.routine('remainder float32', { parameters: ['f32', 'f32'], results: ['f32'] }, (code) => {
    code.get(0)
    code.emit(opcode.f64_promote_f32)
    code.get(1)
    code.emit(opcode.f64_promote_f32)
    code.call(program.reference('remainder'))
    code.emit(opcode.f32_demote_f64)
  })
}

/** A function of four lanes for one element. */
export function singleRoutine(program: ProgramModule, name: VectorFunction): FunctionReference {
  const four = vectorFunction(program, name)
  const parameters = four.signature.parameters.map(() => 'f32' as const)
  return program.routine(`${name} of one`, { parameters, results: ['f32'] }, (code) => {
    parameters.forEach((_, number) => {
      code.get(number)
      code.emit(opcode.f32x4_splat)
    })
    code.call(four)
    code.lane(opcode.f32x4_extract_lane, 0)
  })
}
