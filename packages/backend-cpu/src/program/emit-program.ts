import type { ContractionKernel, Kernel, LoopKernel, Program } from '@neurite/compiler/kernel'
import { applyScalar, roundsOf } from '@neurite/compiler/kernel'
import { emitContraction, hasTiles } from '../contraction/emit-contraction.ts'
import { emitLoop } from '../loop/emit-loop.ts'
import { emitScatter } from '../scatter/emit-scatter.ts'
import { isShareable, writeSerialEntry, writeThreadedEntry } from './kernel-calls.ts'
import { likenessesOf } from './kernels-alike.ts'
import { type EmittedKernel, ProgramModule, type ProgramOptions, type ReferenceOp } from './program-module.ts'
import { leastNanosecondsOfProgram, type Sharing } from './split.ts'

export interface EmittedProgram {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly kernels: readonly EmittedKernel[]
  /** Operations on float64 that the module imports, under their names. */
  readonly references: readonly ReferenceOp[]
  /** Bytes that the arena must have. */
  readonly arenaBytes: number
  /** Bytes more for each thread after the first; undefined if threads are of no use. */
  readonly bytesPerThread: number | undefined
}

/** Writes a program as one WebAssembly module. */
export function emitProgram(program: Program, options: ProgramOptions = {}): EmittedProgram {
  const writer = new ProgramModule(program, options)
  const kernels: EmittedKernel[] = []
  for (const [number, { first, buffers }] of likenessesOf(program).entries()) {
    const kernel = program.kernels[number]!
    if (first < number) {
      kernels.push({ ...kernels[first]!, kernel, buffers })
      continue
    }
    writer.startKernels(buffers)
    const emitted = emitKernel(writer, kernel)
    kernels.push({ ...emitted, buffers, needsFirstThread: writer.needsFirstThread })
  }
  writer.startKernels([])
  const { sharing } = options
  const isThreaded = sharing !== undefined && isWorthSharing(program, kernels, sharing)
  if (isThreaded) writeThreadedEntry(writer, kernels)
  else writeSerialEntry(writer, kernels)
  return {
    bytes: writer.module.finish(),
    kernels,
    references: [...writer.references],
    arenaBytes: writer.arenaBytes,
    bytesPerThread: isThreaded ? writer.scratchBytes : undefined,
  }
}

function isWorthSharing({ repeats }: Program, kernels: readonly EmittedKernel[], sharing: Sharing): boolean {
  const nanoseconds = kernels.map((kernel, number) =>
    isShareable(kernel) ? kernel.split!.nanoseconds * roundsOf(number, repeats) : 0,
  )
  const all = nanoseconds.reduce((sum, part) => sum + part, 0)
  return all > 0 && all >= leastNanosecondsOfProgram(sharing)
}

function emitKernel(writer: ProgramModule, kernel: Kernel): EmittedKernel {
  switch (kernel.kind) {
    case 'loop':
      return emitLoop(writer, kernel)
    case 'scatter':
      return emitScatter(writer, kernel)
    case 'contraction':
      return hasTiles(kernel, writer.fewestProductsOfTiles)
        ? emitContraction(writer, kernel)
        : emitLoop(writer, contractionAsLoop(kernel))
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
