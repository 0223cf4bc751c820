// What every scalar operation is on four 32-bit lanes: operands on the stack become the result.

import type { ScalarOp } from '@neurite/compiler/kernel'
import type { ProgramModule } from '../program/program-module.ts'
import type { FunctionReference } from '../wasm/function-writer.ts'
import type { PlainOpcode } from '../wasm/opcodes.ts'
import * as opcode from '../wasm/opcodes.ts'
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
  negate: instruction(opcode.f32x4_neg),
  add: instruction(opcode.f32x4_add),
  subtract: instruction(opcode.f32x4_sub),
  multiply: instruction(opcode.f32x4_mul),
  divide: instruction(opcode.f32x4_div),
  remainder: laneByLane('remainder', 'float32'),
  maximum: instruction(opcode.f32x4_max),
  minimum: instruction(opcode.f32x4_min),
  absolute: instruction(opcode.f32x4_abs),
  power: elementary('power'),
  sqrt: instruction(opcode.f32x4_sqrt),
  exp: elementary('exp'),
  log: elementary('log'),
  sin: elementary('sin'),
  cos: elementary('cos'),
  tanh: elementary('tanh'),
  sigmoid: elementary('sigmoid'),
  erf: elementary('erf'),
  floor: instruction(opcode.f32x4_floor),
  round: instruction(opcode.f32x4_nearest),
  less: instruction(opcode.f32x4_lt),
  lessEqual: instruction(opcode.f32x4_le),
  equal: instruction(opcode.f32x4_eq),
}

const comparisons: Operations = {
  less: instruction(opcode.i32x4_lt_s),
  lessEqual: instruction(opcode.i32x4_le_s),
  equal: instruction(opcode.i32x4_eq),
}

const bitwise: Operations = {
  and: instruction(opcode.v128_and),
  or: instruction(opcode.v128_or),
  xor: instruction(opcode.v128_xor),
}

const int32: Operations = {
  ...comparisons,
  ...bitwise,
  negate: instruction(opcode.i32x4_neg),
  add: instruction(opcode.i32x4_add),
  subtract: instruction(opcode.i32x4_sub),
  multiply: instruction(opcode.i32x4_mul),
  divide: laneByLane('divide', 'int32'),
  remainder: laneByLane('remainder', 'int32'),
  maximum: instruction(opcode.i32x4_max_s),
  minimum: instruction(opcode.i32x4_min_s),
  absolute: instruction(opcode.i32x4_abs),
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
    code.emit(opcode.v128_and)
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
  maximum: instruction(opcode.v128_or),
  minimum: instruction(opcode.v128_and),
  less: instruction(opcode.i32x4_gt_s),
  lessEqual: instruction(opcode.i32x4_ge_s),
  equal: instruction(opcode.i32x4_eq),
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
  const shift = instruction(op === 'shiftLeft' ? opcode.i32x4_shl : opcode.i32x4_shr_u)
  return dtype === 'uint8' ? lowByte(shift) : shift
}

function laneByLaneRoutine(program: ProgramModule, op: VectorOp, dtype: LaneDType): FunctionReference {
  const signature = { parameters: ['v128', 'v128'], results: ['v128'] } as const
  const isFloat = dtype === 'float32'
  const extract = isFloat ? opcode.f32x4_extract_lane : opcode.i32x4_extract_lane
  const replace = isFloat ? opcode.f32x4_replace_lane : opcode.i32x4_replace_lane
  return program.routine(`${op} of each ${dtype}`, signature, (code) => {
    // The lanes of the first operand are replaced by the results.
    code.get(0)
    for (let lane = 0; lane < 4; lane++) {
      for (const operand of [0, 1]) {
        code.get(operand)
        code.lane(extract, lane)
      }
      scalarOperation(op, dtype)(code, program)
      code.lane(replace, lane)
    }
  })
}
