import {
  type Buffer,
  bytesPerElement,
  type DType,
  type Kernel,
  type Program,
  type ScalarOp,
  type View,
  viewPosition,
} from '@neurite/compiler/kernel'
import type { ConstantPool } from '../wasm/constant-pool.ts'
import type { FunctionReference, FunctionWriter, Local } from '../wasm/function-writer.ts'
import { ModuleWriter } from '../wasm/module-writer.ts'
import type { Signature } from '../wasm/value-type.ts'

/** Bytes 0 … 7 of the memory: number of the first fault of a run plus 1 (0 if there was none), and the offending index. */
export const faultAddress = 0

/** Bytes 8 … 11: the round of the repeat that runs; 0 outside of repeats. */
export const roundAddress = 8

/** Buffers begin at multiples of this many bytes. */
export const bufferAlignment = 64

/** Operations on float64 that the instance imports from JavaScript. */
export type ReferenceOp = ScalarOp &
  ('power' | 'exp' | 'log' | 'sin' | 'cos' | 'tanh' | 'sigmoid' | 'erf' | 'remainder')

/** A kernel's function, which takes the arena's address. */
export interface EmittedKernel {
  readonly target: FunctionReference
  /** The kernel as it is run: its axes may be fewer, or in another order. */
  readonly kernel: Kernel
  /** How it is run, for people. */
  readonly note: string
}

/** The one parameter of every kernel's function: the address of the arena. */
const arena: Local = 0

/** The module of a program while it is written: what the emitters of its kernels share. */
export class ProgramModule {
  readonly program: Program
  readonly module: ModuleWriter
  /** Operations that the instance must import. */
  readonly references: Set<ReferenceOp> = new Set()
  readonly #routines = new Map<string, FunctionReference>()
  readonly #buffers: Buffer[]
  #scratchEnd: number
  #arenaBytes: number

  /** With a pool of constants, the memory must hold them. */
  constructor(program: Program, constants?: ConstantPool) {
    this.program = program
    this.module = new ModuleWriter({ constants })
    this.#buffers = [...program.buffers]
    this.#scratchEnd = program.arenaBytes
    this.#arenaBytes = program.arenaBytes
  }

  /** A function for a kernel. The scratch buffers of the kernel before are gone. */
  kernelFunction(label: string): FunctionWriter {
    this.#buffers.length = this.program.buffers.length
    this.#scratchEnd = this.program.arenaBytes
    return this.module.function(label, { parameters: ['i32'], results: [] })
  }

  /** Pushes the address of a buffer's first element. Only in a kernel's function. */
  pushAddress(code: FunctionWriter, buffer: number): void {
    const { offset, view } = this.#buffers[buffer]!
    if (view !== undefined) this.#pushView(code, view)
    else if (offset === undefined) code.getGlobal(this.module.importGlobal(addressName(buffer)))
    else this.#pushArena(code, offset)
  }

  #pushView(code: FunctionWriter, view: View): void {
    const bytes = bytesPerElement[this.#buffers[view.of]!.dtype]
    this.pushAddress(code, view.of)
    if (view.step === 0) code.i32(viewPosition(view, 0) * bytes)
    else {
      const period = view.period * bytes
      code.i32(roundAddress)
      code.memory('i32.load')
      code.i32(view.step * bytes)
      code.emit('i32.mul')
      code.i32(view.start * bytes)
      code.emit('i32.add')
      code.i32(period)
      code.emit('i32.rem_s')
      // What is left of a negative position is negative, too.
      if (view.step < 0) {
        code.i32(period)
        code.emit('i32.add')
        code.i32(period)
        code.emit('i32.rem_s')
      }
    }
    code.emit('i32.add')
  }

  /** A buffer behind the program's own for the kernel being written; kernels run one after the other and share the memory. */
  scratchBuffer(dtype: DType, size: number): number {
    const offset = Math.ceil(this.#scratchEnd / bufferAlignment) * bufferAlignment
    this.#scratchEnd = offset + size * bytesPerElement[dtype]
    this.#arenaBytes = Math.max(this.#arenaBytes, this.#scratchEnd)
    return this.#buffers.push({ role: 'temporary', dtype, size, offset }) - 1
  }

  /** The program's buffers, and after them the scratch buffers of the kernel being written. */
  get buffers(): readonly Buffer[] {
    return this.#buffers
  }

  /** Bytes of the arena with the scratch memory behind it. */
  get arenaBytes(): number {
    return this.#arenaBytes
  }

  /** A function of the module that several kernels may call: written when it is first asked for under its name. */
  routine(name: string, signature: Signature, write: (code: FunctionWriter) => void): FunctionReference {
    const known = this.#routines.get(name)
    if (known) return known
    const code = this.module.function(name, signature)
    this.#routines.set(name, code)
    write(code)
    return code
  }

  /** The JavaScript implementation of an operation, on float64. */
  reference(op: ReferenceOp): FunctionReference {
    this.references.add(op)
    const binary = op === 'power' || op === 'remainder'
    return this.module.importFunction(op, { parameters: binary ? ['f64', 'f64'] : ['f64'], results: ['f64'] })
  }

  /** A routine that takes note of a fault (its number, the index) if it is the run's first, and returns 0. */
  faultRoutine(): FunctionReference {
    return this.routine('fault', { parameters: ['i32', 'i32'], results: ['i32'] }, (code) => {
      code.i32(faultAddress)
      code.memory('i32.load')
      code.emit('i32.eqz')
      code.if(() => {
        code.i32(faultAddress)
        code.get(0)
        code.i32(1)
        code.emit('i32.add')
        code.memory('i32.store')
        code.i32(faultAddress)
        code.get(1)
        code.memory('i32.store', 4)
      })
      code.i32(0)
    })
  }

  #pushArena(code: FunctionWriter, offset: number): void {
    code.get(arena)
    if (offset === 0) return
    code.i32(offset)
    code.emit('i32.add')
  }
}

/** The import that gives the address of a state or constant. */
export function addressName(buffer: number): string {
  return `buffer${buffer}`
}
