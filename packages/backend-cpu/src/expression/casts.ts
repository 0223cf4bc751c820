// Conversions between dtypes, as `conversion` in the compiler's scalar arithmetic defines them.

import type { DType } from '@neurite/compiler/kernel'
import type { FunctionWriter } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import type { LaneDType } from './value-types.ts'

/** One element on the stack changes its dtype. */
export function castScalar(code: FunctionWriter, from: DType, to: DType): void {
  if (from === to) return
  switch (to) {
    case 'float32':
      code.emit(from === 'float64' ? opcode.f32_demote_f64 : opcode.f32_convert_i32_s)
      break
    case 'float64':
      code.emit(from === 'float32' ? opcode.f64_promote_f32 : opcode.f64_convert_i32_s)
      break
    case 'int32':
      if (from === 'float32') code.emit(opcode.i32_trunc_sat_f32_s)
      else if (from === 'float64') code.emit(opcode.i32_trunc_sat_f64_s)
      break
    case 'uint8':
      toByte(code, from)
      break
    case 'bool':
      isNotZero(code, from)
      break
  }
}

function toByte(code: FunctionWriter, from: DType): void {
  if (from === 'float32' || from === 'float64') {
    code.emit(from === 'float32' ? opcode.i32_trunc_sat_f32_u : opcode.i32_trunc_sat_f64_u)
    const value = code.local('i32')
    code.tee(value)
    code.i32(255)
    code.get(value)
    code.i32(255)
    code.emit(opcode.i32_lt_u, opcode.select)
    code.release(value)
  } else if (from === 'int32') {
    code.i32(255)
    code.emit(opcode.i32_and)
  }
}

function isNotZero(code: FunctionWriter, from: DType): void {
  if (from === 'float32') {
    code.f32(0)
    code.emit(opcode.f32_ne)
  } else if (from === 'float64') {
    code.f64(0)
    code.emit(opcode.f64_ne)
  } else {
    code.i32(0)
    code.emit(opcode.i32_ne)
  }
}

/** Four lanes on the stack change their dtype. */
export function castVector(code: FunctionWriter, from: LaneDType, to: LaneDType): void {
  if (from === to) return
  switch (to) {
    case 'float32':
      if (from === 'bool') {
        code.f32x4(1)
        code.emit(opcode.v128_and)
      } else code.emit(opcode.f32x4_convert_i32x4_s)
      break
    case 'int32':
      if (from === 'float32') code.emit(opcode.i32x4_trunc_sat_f32x4_s)
      else if (from === 'bool') maskToOne(code)
      break
    case 'uint8':
      if (from === 'bool') maskToOne(code)
      else {
        if (from === 'float32') code.emit(opcode.i32x4_trunc_sat_f32x4_u)
        code.i32x4(255)
        code.emit(from === 'float32' ? opcode.i32x4_min_u : opcode.v128_and)
      }
      break
    case 'bool':
      code.i32x4(0)
      code.emit(from === 'float32' ? opcode.f32x4_ne : opcode.i32x4_ne)
      break
  }
}

/** All bits become 1, none stay 0. */
export function maskToOne(code: FunctionWriter): void {
  code.i32x4(1)
  code.emit(opcode.v128_and)
}
