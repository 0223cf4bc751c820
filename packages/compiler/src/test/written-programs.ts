// Programs of the kernel IR written for tests.

import { addIndex, axisIndex, type Index, zeroIndex } from '../kernel/indexing.ts'
import type { Kernel, Program } from '../kernel/kernel.ts'
import { type ProgramWriter, writeProgram } from '../kernel/program-writer.ts'

/** Σ stride · axis */
export function affine(...strides: readonly number[]): Index {
  return strides.reduce((index, stride, axis) => addIndex(index, axisIndex(axis, stride)), zeroIndex)
}

/** A program of the kernels that are built, in order, in one writer. */
export function programOf(...build: readonly ((write: ProgramWriter) => Kernel)[]): Program {
  const write = writeProgram()
  for (const kernel of build) write.kernel(kernel(write))
  return write.finish()
}
