// What every scalar operation is in WebAssembly, for one element: operands on the stack become the result.

import type { DType, ScalarOp } from '@neurite/compiler/kernel'
import type { ProgramModule, ReferenceOp } from '../program/program-module.ts'
import type { FunctionReference, FunctionWriter } from '../wasm/function-writer.ts'
import type { PlainOpcode } from '../wasm/opcodes.ts'
import { type IntegerRoutine, integerRoutine } from './integer-routines.ts'
import { type VectorFunction, vectorFunction } from './vector-functions.ts'

/** Writes an operation whose operands are on the stack. */
export type Emit = (code: FunctionWriter, program: ProgramModule) => void

type Operations = { readonly [Op in Exclude<ScalarOp, 'cast' | 'select'>]?: Emit }

const instruction =
  (name: PlainOpcode): Emit =>
  (code) =>
    code.emit(name)

function floatOperations(type: 'f32' | 'f64'): Operations {
  const plain = (name: string): Emit => instruction(`${type}.${name}` as PlainOpcode)
  return {
    negate: plain('neg'),
    add: plain('add'),
    subtract: plain('sub'),
    multiply: plain('mul'),
    divide: plain('div'),
    maximum: plain('max'),
    minimum: plain('min'),
    absolute: plain('abs'),
    sqrt: plain('sqrt'),
    floor: plain('floor'),
    round: plain('nearest'),
    less: plain('lt'),
    lessEqual: plain('le'),
    equal: plain('eq'),
  }
}

const call =
  (target: (program: ProgramModule) => FunctionReference): Emit =>
  (code, program) =>
    code.call(target(program))

const reference = (op: ReferenceOp): Emit => call((program) => program.reference(op))
const routine = (name: IntegerRoutine): Emit => call((program) => integerRoutine(program, name))
// One float32 is computed as four equal ones, so that it comes out the same alone and in a vector.
const lane = (name: VectorFunction): Emit => call((program) => singleRoutine(program, name))

const float32: Operations = {
  ...floatOperations('f32'),
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
  ...floatOperations('f64'),
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
  less: instruction('i32.lt_s'),
  lessEqual: instruction('i32.le_s'),
  equal: instruction('i32.eq'),
}

const int32: Operations = {
  ...comparisons,
  negate: (code) => {
    code.i32(-1)
    code.emit('i32.mul')
  },
  add: instruction('i32.add'),
  subtract: instruction('i32.sub'),
  multiply: instruction('i32.mul'),
  divide: routine('divide'),
  remainder: routine('remainder'),
  maximum: routine('maximum'),
  minimum: routine('minimum'),
  absolute: routine('absolute'),
  and: instruction('i32.and'),
  or: instruction('i32.or'),
  xor: instruction('i32.xor'),
  shiftLeft: instruction('i32.shl'),
  shiftRightLogical: instruction('i32.shr_u'),
}

/** What can leave 0 … 255 keeps its low 8 bits. */
const lowByte =
  (emit: Emit): Emit =>
  (code, program) => {
    emit(code, program)
    code.i32(255)
    code.emit('i32.and')
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
  maximum: instruction('i32.or'),
  minimum: instruction('i32.and'),
  and: instruction('i32.and'),
  or: instruction('i32.or'),
  xor: instruction('i32.xor'),
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
    code.emit('f64.promote_f32')
    code.get(1)
    code.emit('f64.promote_f32')
    code.call(program.reference('remainder'))
    code.emit('f32.demote_f64')
  })
}

/** A function of four lanes for one element. */
export function singleRoutine(program: ProgramModule, name: VectorFunction): FunctionReference {
  const four = vectorFunction(program, name)
  const parameters = four.signature.parameters.map(() => 'f32' as const)
  return program.routine(`${name} of one`, { parameters, results: ['f32'] }, (code) => {
    parameters.forEach((_, number) => {
      code.get(number)
      code.emit('f32x4.splat')
    })
    code.call(four)
    code.lane('f32x4.extract_lane', 0)
  })
}
