// What every scalar operation is on four 32-bit lanes: operands on the stack become the result.

import type { ScalarOp } from '@neurite/compiler/kernel'
import type { ProgramModule } from '../program/program-module.ts'
import type { FunctionReference } from '../wasm/function-writer.ts'
import type { PlainOpcode } from '../wasm/opcodes.ts'
import { type Emit, scalarOperation } from './scalar-operations.ts'
import type { LaneDType } from './value-types.ts'
import { type VectorFunction, vectorFunction } from './vector-functions.ts'

type VectorOp = Exclude<ScalarOp, 'cast' | 'select'>
type Operations = { readonly [Op in VectorOp]?: Emit }

const instruction =
  (name: PlainOpcode): Emit =>
  (code) =>
    code.emit(name)

const elementary = (name: VectorFunction): Emit => {
  return (code, program) => code.call(vectorFunction(program, name))
}

/** Lane after lane, by the operation on one element. */
const laneByLane =
  (op: VectorOp, dtype: LaneDType): Emit =>
  (code, program) =>
    code.call(laneByLaneRoutine(program, op, dtype))

const float32: Operations = {
  negate: instruction('f32x4.neg'),
  add: instruction('f32x4.add'),
  subtract: instruction('f32x4.sub'),
  multiply: instruction('f32x4.mul'),
  divide: instruction('f32x4.div'),
  remainder: laneByLane('remainder', 'float32'),
  maximum: instruction('f32x4.max'),
  minimum: instruction('f32x4.min'),
  absolute: instruction('f32x4.abs'),
  power: elementary('power'),
  sqrt: instruction('f32x4.sqrt'),
  exp: elementary('exp'),
  log: elementary('log'),
  sin: elementary('sin'),
  cos: elementary('cos'),
  tanh: elementary('tanh'),
  sigmoid: elementary('sigmoid'),
  erf: elementary('erf'),
  floor: instruction('f32x4.floor'),
  round: instruction('f32x4.nearest'),
  less: instruction('f32x4.lt'),
  lessEqual: instruction('f32x4.le'),
  equal: instruction('f32x4.eq'),
}

const comparisons: Operations = {
  less: instruction('i32x4.lt_s'),
  lessEqual: instruction('i32x4.le_s'),
  equal: instruction('i32x4.eq'),
}

const bitwise: Operations = {
  and: instruction('v128.and'),
  or: instruction('v128.or'),
  xor: instruction('v128.xor'),
}

const int32: Operations = {
  ...comparisons,
  ...bitwise,
  negate: instruction('i32x4.neg'),
  add: instruction('i32x4.add'),
  subtract: instruction('i32x4.sub'),
  multiply: instruction('i32x4.mul'),
  divide: laneByLane('divide', 'int32'),
  remainder: laneByLane('remainder', 'int32'),
  maximum: instruction('i32x4.max_s'),
  minimum: instruction('i32x4.min_s'),
  absolute: instruction('i32x4.abs'),
  // Only for counts that differ from lane to lane; others go through `vectorShift`.
  shiftLeft: laneByLane('shiftLeft', 'int32'),
  shiftRightLogical: laneByLane('shiftRightLogical', 'int32'),
}

/** What can leave 0 … 255 keeps its low 8 bits. */
const lowByte =
  (emit: Emit): Emit =>
  (code, program) => {
    emit(code, program)
    code.i32x4(255)
    code.emit('v128.and')
  }

const uint8: Operations = {
  ...int32,
  negate: lowByte(int32.negate!),
  add: lowByte(int32.add!),
  subtract: lowByte(int32.subtract!),
  multiply: lowByte(int32.multiply!),
  shiftLeft: laneByLane('shiftLeft', 'uint8'),
}

// A mask is 0 or −1, so the smaller number is the true one.
const bool: Operations = {
  ...bitwise,
  maximum: instruction('v128.or'),
  minimum: instruction('v128.and'),
  less: instruction('i32x4.gt_s'),
  lessEqual: instruction('i32x4.ge_s'),
  equal: instruction('i32x4.eq'),
}

const operationsOf: { readonly [D in LaneDType]: Operations } = { float32, int32, uint8, bool }

/** Writes an operation on four lanes of a dtype that it knows. */
export function vectorOperation(op: VectorOp, dtype: LaneDType): Emit {
  const emit = operationsOf[dtype][op]
  if (emit === undefined) throw new Error(`backend-cpu: ${op} does not work on ${dtype}.`)
  return emit
}

/** Writes a shift of four lanes by one count, an i32 on top of the stack. */
export function vectorShift(op: 'shiftLeft' | 'shiftRightLogical', dtype: 'int32' | 'uint8'): Emit {
  const shift = instruction(op === 'shiftLeft' ? 'i32x4.shl' : 'i32x4.shr_u')
  return dtype === 'uint8' ? lowByte(shift) : shift
}

function laneByLaneRoutine(program: ProgramModule, op: VectorOp, dtype: LaneDType): FunctionReference {
  const signature = { parameters: ['v128', 'v128'], results: ['v128'] } as const
  const shape = dtype === 'float32' ? 'f32x4' : 'i32x4'
  return program.routine(`${op} of each ${dtype}`, signature, (code) => {
    // The lanes of the first operand are replaced by the results.
    code.get(0)
    for (let lane = 0; lane < 4; lane++) {
      for (const operand of [0, 1]) {
        code.get(operand)
        code.lane(`${shape}.extract_lane`, lane)
      }
      scalarOperation(op, dtype)(code, program)
      code.lane(`${shape}.replace_lane`, lane)
    }
  })
}
