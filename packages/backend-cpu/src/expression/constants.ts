import type { DType } from '@neurite/compiler/kernel'
import type { FunctionWriter } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'

/** Pushes a constant of a dtype. */
export function pushConstant(code: FunctionWriter, value: number, dtype: DType): void {
  if (dtype === 'float32') code.f32(value)
  else if (dtype === 'float64') code.f64(value)
  else code.i32(dtype === 'bool' ? Number(value !== 0) : value)
}

/** Pushes four lanes of a constant; true is all bits. */
export function pushSplatConstant(code: FunctionWriter, value: number, dtype: DType): void {
  if (dtype === 'float32') code.f32x4(value)
  else code.i32x4(dtype === 'bool' ? -Number(value !== 0) : value)
}

/** One element on the stack becomes four lanes of it. */
export function splat(code: FunctionWriter, dtype: DType): void {
  code.emit(dtype === 'float32' ? opcode.f32x4_splat : opcode.i32x4_splat)
  if (dtype === 'bool') code.emit(opcode.i32x4_neg)
}
