import { allocateTypedArray, type TypedArray, typedArrayOf } from '../kernel/dtype.ts'
import { interpreterOf } from '../kernel/interpret.ts'
import type { Program } from '../kernel/kernel.ts'

/** Runs a program on its own memory; `given` fills buffers by number. */
export function runProgram(
  program: Program,
  given: { readonly [buffer: number]: readonly number[] },
): readonly TypedArray[] {
  const memory = program.buffers.map(({ dtype, size, data }, buffer) => {
    const values = given[buffer] ?? data
    return values === undefined ? allocateTypedArray(dtype, size) : typedArrayOf[dtype].from(values)
  })
  const report = interpreterOf(program, memory)()
  if (report) throw new Error(`fault ${report.fault} at ${report.value}`)
  return memory
}
