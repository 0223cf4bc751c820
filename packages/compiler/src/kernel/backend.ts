// The contract between the compiler and a machine.

import type { DType, TypedArray } from './dtype.ts'
import type { Kernel, Program } from './kernel.ts'

/** Memory that a backend keeps between runs: a parameter, an optimizer's moment, a random key. */
export interface StateBuffer {
  readonly dtype: DType
  readonly size: number
  write(data: TypedArray): void
  /** A copy. */
  read(): Promise<TypedArray>
  /** A copy, at once; absent where the backend cannot wait. */
  readSync?(): TypedArray
  /** Gives the memory back, as happens by itself when nobody holds it any more; the buffer must not be used afterwards. */
  release(): void
}

/** The results of a run that is under way, one fresh typed array per program output; they throw what `run` does. */
export interface StartedRun {
  read(): Promise<TypedArray[]>
  /** At once: waits. */
  readSync(): TypedArray[]
}

/** A program made ready to run with given state buffers. */
export interface Executable {
  /**
   * Runs the program. `inputs` are copied in before it returns; the result has one fresh typed array per program output.
   * @throws Error with the program's fault message if an index left its range.
   */
  run(inputs: readonly TypedArray[]): Promise<TypedArray[]>
  /** The same, at once; absent where the backend cannot wait. */
  runSync?(inputs: readonly TypedArray[]): TypedArray[]
  /**
   * Starts a run and returns before it is over; runs, and reads and writes of states, that are asked for later come after it. `inputs` must
   * stay as they are until then. Undefined if the run is too small to be worth it: `runSync` is for it. Absent where runs keep the
   * caller waiting anyway.
   */
  start?(inputs: readonly TypedArray[]): StartedRun | undefined
  /** Gives back what it takes, as happens by itself when nobody holds it any more. */
  release(): void
}

/**
 * A program as a WebAssembly module that runs without its backend, on one thread.
 *
 * The module exports `run`, which takes the arena's address and returns 0, or something else if an index left its range. It imports from
 * `env` a `memory`, which its data segments fill, immutable globals, and the scalar operations on float64 that it calls (of exp, log,
 * sin, cos, tanh, sigmoid, erf, power and remainder). All numbers below are byte addresses in the memory.
 */
export interface ExportedProgram {
  readonly wasm: Uint8Array<ArrayBuffer>
  /** Size of the memory in pages of 64 KiB. */
  readonly pages: number
  /** Values of the imported globals (i32). */
  readonly globals: Readonly<Record<string, number>>
  readonly arena: number
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly states: readonly number[]
  /** Of two int32, valid after `run` has not returned 0: the fault's place among the program's faults plus 1, and the index. */
  readonly fault: number
}

/** A kernel as a backend runs it, which may be another form of the program's. */
export interface DescribedKernel {
  readonly kernel: Kernel
  /** How, for people. */
  readonly note?: string
}

export interface Backend {
  readonly name: string
  /** What runs for each of the program's kernels, shown by `explain`; `describeKernels` makes text of it. */
  describe(program: Program): readonly DescribedKernel[]
  /** Bytes that a run takes beside the program's arena, states and constants, shown by `explain`; absent where it takes none. */
  scratchBytes?(program: Program): number
  createState(dtype: DType, size: number): StateBuffer
  /** Makes machine code. `states` are bound to `program.states` in order. Backends cache by program identity. */
  prepare(program: Program, states: readonly StateBuffer[]): Executable
  /** The program with its constants and these values of its states, to be run without the backend; absent where it cannot be. */
  exportProgram?(program: Program, states: readonly TypedArray[]): Promise<ExportedProgram>
}
