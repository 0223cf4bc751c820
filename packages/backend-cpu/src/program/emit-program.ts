import type { ContractionKernel, Kernel, LoopKernel, Program } from '@neurite/compiler/kernel'
import { applyScalar } from '@neurite/compiler/kernel'
import { emitContraction, hasTiles } from '../contraction/emit-contraction.ts'
import { countedLoop } from '../loop/counted-loop.ts'
import { emitLoop } from '../loop/emit-loop.ts'
import { emitScatter } from '../scatter/emit-scatter.ts'
import type { ConstantPool } from '../wasm/constant-pool.ts'
import type { FunctionWriter } from '../wasm/function-writer.ts'
import { type EmittedKernel, faultAddress, ProgramModule, type ReferenceOp, roundAddress } from './program-module.ts'

/** The function that a module exports: takes the arena's address, runs all kernels and returns the fault word. */
export const runName = 'run'

export interface EmittedProgram {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly kernels: readonly EmittedKernel[]
  /** Operations on float64 that the module imports, under their names. */
  readonly references: readonly ReferenceOp[]
  /** Bytes that the arena must have. */
  readonly arenaBytes: number
}

/** Writes a program as one WebAssembly module; with a pool of constants, the memory must hold them. */
export function emitProgram(program: Program, constants?: ConstantPool): EmittedProgram {
  const writer = new ProgramModule(program, constants)
  const kernels = program.kernels.map((kernel) => emitKernel(writer, kernel))
  const run = writer.module.function(runName, { parameters: ['i32'], results: ['i32'] })
  const canFault = program.faults.length > 0
  if (canFault) {
    run.i32(faultAddress)
    run.i32(0)
    run.memory('i32.store')
  }
  callKernels(run, program, kernels)
  if (canFault) {
    run.i32(faultAddress)
    run.memory('i32.load')
  } else run.i32(0)
  writer.module.export(run)
  return { bytes: writer.module.finish(), kernels, references: [...writer.references], arenaBytes: writer.arenaBytes }
}

/** Calls all kernels in order, those of repeats round after round. */
function callKernels(run: FunctionWriter, { repeats = [] }: Program, kernels: readonly EmittedKernel[]): void {
  const call = (from: number, to: number): void => {
    for (const { target } of kernels.slice(from, to)) {
      run.get(0)
      run.call(target)
    }
  }
  const setRound = (push: () => void): void => {
    run.i32(roundAddress)
    push()
    run.memory('i32.store')
  }
  let next = 0
  for (const { first, last, count } of repeats) {
    call(next, first)
    next = last + 1
    if (count === 0) continue
    countedLoop(run, { end: count }, (round) => {
      setRound(() => run.get(round))
      call(first, next)
    })
    setRound(() => run.i32(0))
  }
  call(next, kernels.length)
}

function emitKernel(writer: ProgramModule, kernel: Kernel): EmittedKernel {
  switch (kernel.kind) {
    case 'loop':
      return emitLoop(writer, kernel)
    case 'scatter':
      return emitScatter(writer, kernel)
    case 'contraction':
      return hasTiles(kernel) ? emitContraction(writer, kernel) : emitLoop(writer, contractionAsLoop(kernel))
  }
}

/** The contraction as a loop over its points that adds up products: its axes have the same numbers in both. */
function contractionAsLoop({ label, batch, rows, columns, depth, left, right, stores }: ContractionKernel): LoopKernel {
  const value = applyScalar('multiply', [left, right])
  return {
    kind: 'loop',
    label,
    extents: [...batch, ...rows, ...columns],
    steps: [{ kind: 'reduce', extents: depth, combine: 'add', value }, ...stores],
  }
}
