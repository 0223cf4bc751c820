// What the engine knows beyond WebAssembly 2.0.

import { ModuleWriter } from './module-writer.ts'
import * as opcode from './opcodes.ts'

let fused: boolean | undefined

/**
 * Whether the engine knows relaxed SIMD, whose multiply-add (one rounding where the processor can, two where not) is the fastest
 * there is: Node 22, Chromium 114 and later.
 */
export function hasRelaxedSimd(): boolean {
  fused ??= validatesMultiplyAdd()
  return fused
}

function validatesMultiplyAdd(): boolean {
  const module = new ModuleWriter()
  const code = module.function('multiplyAdd', { parameters: ['v128'], results: ['v128'] })
  for (let operand = 0; operand < 3; operand++) code.get(0)
  code.emit(opcode.f32x4_relaxed_madd)
  return WebAssembly.validate(module.finish())
}
