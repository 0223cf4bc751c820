// The contract between the compiler and a machine.

import type { DType, TypedArray } from './dtype.ts'
import type { Program } from './kernel.ts'

/** Memory that a backend keeps between runs: a parameter, an optimizer's moment, a random key. */
export interface StateBuffer {
  readonly dtype: DType
  readonly size: number
  write(data: TypedArray): void
  /** A copy. */
  read(): Promise<TypedArray>
  /** A copy, at once; absent where the backend cannot wait. */
  readSync?(): TypedArray
  /** Gives the memory back; the buffer must not be used afterwards. */
  release(): void
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
  release(): void
}

export interface Backend {
  readonly name: string
  /** Program text for people (one string per kernel), shown by `explain`. */
  describe(program: Program): readonly string[]
  createState(dtype: DType, size: number): StateBuffer
  /** Makes machine code. `states` are bound to `program.states` in order. Backends cache by program identity. */
  prepare(program: Program, states: readonly StateBuffer[]): Executable
}
