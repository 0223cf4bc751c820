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
import { threadWords, threadWordsAddress } from '../threads/control-block.ts'
import { threadWordsImport } from '../threads/worker-source.ts'
import type { ConstantPool } from '../wasm/constant-pool.ts'
import type { FunctionReference, FunctionWriter, Local } from '../wasm/function-writer.ts'
import { ModuleWriter } from '../wasm/module-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import type { Signature } from '../wasm/value-type.ts'
import type { RoundRange, Sharing, Split } from './split.ts'

/** Buffers begin at multiples of this many bytes. */
export const bufferAlignment = 64

/** Operations on float64 that the instance imports from JavaScript. */
export type ReferenceOp = ScalarOp &
  ('power' | 'exp' | 'log' | 'sin' | 'cos' | 'tanh' | 'sigmoid' | 'erf' | 'remainder')

/** A kernel's function. */
export interface EmittedKernel {
  readonly target: FunctionReference
  /** Whose addresses it takes, after its other parameters: it is the function of several kernels. */
  readonly buffers?: readonly number[]
  /** How threads can share it; it then runs the rounds that it is given. */
  readonly split?: Split | undefined
  /** Whether it calls what other threads do not have. */
  readonly needsFirstThread?: boolean
  /** The kernel as it is run: its axes may be fewer, or in another order. */
  readonly kernel: Kernel
  /** How it is run, for people. */
  readonly note: string
}

/**
 * The parameters of every kernel's function: addresses of the arena and of what the thread has as scratch memory (less what the arena
 * takes), and which rounds it is to run, if the kernel is split.
 */
const kernelParameters = { arena: 0, scratch: 1, firstRound: 2, endRound: 3 } as const

/** Addresses of buffers, where a function takes them, and counters of loops around a part of a kernel follow. */
const firstAddress = 4

function signatureOf(addresses: number, counters = 0): Signature {
  return { parameters: Array.from({ length: firstAddress + addresses + counters }, () => 'i32'), results: [] }
}

/** The rounds that a split kernel's function is to run. */
export const givenRounds: RoundRange = { first: kernelParameters.firstRound, end: kernelParameters.endRound }

export interface ProgramOptions {
  /** A pool of constants, which the memory must hold. */
  readonly constants?: ConstantPool | undefined
  /** For a memory that threads share: when kernels are shared out. */
  readonly sharing?: Sharing | undefined
  /** How many products a contraction must have to be run by tiles. Default: so many that the tiles' code, which takes longer to write, is faster. */
  readonly fewestProductsOfTiles?: number | undefined
}

/** The module of a program while it is written: what the emitters of its kernels share. */
export class ProgramModule {
  readonly program: Program
  readonly module: ModuleWriter
  /** When kernels are shared out; undefined if there is but one thread. */
  readonly sharing: Sharing | undefined
  readonly fewestProductsOfTiles: number
  /** Operations that the instance must import. */
  readonly references: Set<ReferenceOp> = new Set()
  readonly #routines = new Map<string, FunctionReference>()
  readonly #buffers: Buffer[]
  /** Those whose addresses the function of the kernel being written takes. */
  #given: readonly number[] = []
  readonly #routinesOfFirstThread = new Set<FunctionReference>()
  #needsFirstThread = false
  #scratchEnd: number
  #arenaBytes: number

  constructor(program: Program, { constants, sharing, fewestProductsOfTiles = 128 }: ProgramOptions = {}) {
    this.program = program
    this.sharing = sharing
    this.fewestProductsOfTiles = fewestProductsOfTiles
    this.module = new ModuleWriter({ constants, isShared: sharing !== undefined })
    this.#buffers = [...program.buffers]
    this.#scratchEnd = program.arenaBytes
    this.#arenaBytes = program.arenaBytes
  }

  /** What follows belongs to kernels that differ in their buffers only; their functions take the addresses of these. */
  startKernels(buffers: readonly number[]): void {
    this.#given = buffers
  }

  /** A function for a kernel. The scratch buffers of the kernel before are gone. */
  kernelFunction(label: string): FunctionWriter {
    this.#buffers.length = this.program.buffers.length
    this.#scratchEnd = this.program.arenaBytes
    this.#needsFirstThread = false
    return this.module.function(label, signatureOf(this.#given.length))
  }

  /** A function for a part of the kernel being written, which takes what the kernel's does and some counters of loops around it. */
  partOfKernel(name: string, counters: number): { readonly part: FunctionWriter; readonly firstCounter: Local } {
    const part = this.module.function(name, signatureOf(this.#given.length, counters))
    return { part, firstCounter: firstAddress + this.#given.length }
  }

  /** Calls a part of the kernel being written. */
  callPart(code: FunctionWriter, part: FunctionReference, counters: readonly Local[]): void {
    for (let parameter = 0; parameter < firstAddress + this.#given.length; parameter++) code.get(parameter)
    for (const counter of counters) code.get(counter)
    code.call(part)
  }

  /** Whether the kernel being written calls what other threads do not have. */
  get needsFirstThread(): boolean {
    return this.#needsFirstThread
  }

  /** Pushes the address of a buffer's first element. Only in a kernel's function. */
  pushAddress(code: FunctionWriter, buffer: number): void {
    const { offset, view } = this.#buffers[buffer]!
    const given = this.#given.indexOf(buffer)
    if (given >= 0) code.get(firstAddress + given)
    else if (view !== undefined) this.#pushView(code, view)
    else if (offset === undefined) code.getGlobal(this.module.importGlobal(addressName(buffer)))
    else {
      const isScratch = buffer >= this.program.buffers.length
      code.get(isScratch ? kernelParameters.scratch : kernelParameters.arena)
      if (offset === 0) return
      code.i32(offset)
      code.emit(opcode.i32_add)
    }
  }

  /** Pushes the address of the thread's own words. */
  pushThreadWords(code: FunctionWriter): void {
    if (this.sharing !== undefined) code.getGlobal(this.module.importGlobal(threadWordsImport))
    else code.i32(threadWordsAddress(0))
  }

  #pushView(code: FunctionWriter, view: View): void {
    const bytes = bytesPerElement[this.#buffers[view.of]!.dtype]
    this.pushAddress(code, view.of)
    if (view.step === 0) code.i32(viewPosition(view, 0) * bytes)
    else {
      const period = view.period * bytes
      this.pushThreadWords(code)
      code.memory(opcode.i32_load, threadWords.round)
      code.i32(view.step * bytes)
      code.emit(opcode.i32_mul)
      code.i32(view.start * bytes)
      code.emit(opcode.i32_add)
      code.i32(period)
      code.emit(opcode.i32_rem_s)
      // What is left of a negative position is negative, too.
      if (view.step < 0) {
        code.i32(period)
        code.emit(opcode.i32_add)
        code.i32(period)
        code.emit(opcode.i32_rem_s)
      }
    }
    code.emit(opcode.i32_add)
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

  /** Bytes of the arena with the scratch memory of one thread behind it. */
  get arenaBytes(): number {
    return this.#arenaBytes
  }

  /** Bytes of the scratch memory of one thread. */
  get scratchBytes(): number {
    return Math.ceil((this.#arenaBytes - this.program.arenaBytes) / bufferAlignment) * bufferAlignment
  }

  /** A function of the module that several kernels may call: written when it is first asked for under its name. */
  routine(name: string, signature: Signature, write: (code: FunctionWriter) => void): FunctionReference {
    const known = this.#routines.get(name)
    if (known) {
      this.#needsFirstThread ||= this.#routinesOfFirstThread.has(known)
      return known
    }
    const code = this.module.function(name, signature)
    this.#routines.set(name, code)
    const before = this.#needsFirstThread
    this.#needsFirstThread = false
    write(code)
    if (this.#needsFirstThread) this.#routinesOfFirstThread.add(code)
    this.#needsFirstThread ||= before
    return code
  }

  /** The JavaScript implementation of an operation, on float64. */
  reference(op: ReferenceOp): FunctionReference {
    this.references.add(op)
    this.#needsFirstThread ||= !(op in Math)
    const binary = op === 'power' || op === 'remainder'
    return this.module.importFunction(op, { parameters: binary ? ['f64', 'f64'] : ['f64'], results: ['f64'] })
  }

  /** A routine that takes note of a fault (its number, the index) if it is the run's first, and returns 0. */
  faultRoutine(): FunctionReference {
    return this.routine('fault', { parameters: ['i32', 'i32'], results: ['i32'] }, (code) => {
      this.pushThreadWords(code)
      code.memory(opcode.i32_load, threadWords.fault)
      code.emit(opcode.i32_eqz)
      code.if(() => {
        this.pushThreadWords(code)
        code.get(0)
        code.i32(1)
        code.emit(opcode.i32_add)
        code.memory(opcode.i32_store, threadWords.fault)
        this.pushThreadWords(code)
        code.get(1)
        code.memory(opcode.i32_store, threadWords.faultIndex)
        if (this.sharing !== undefined) {
          this.#keepThreadWord(code, threadWords.kernel, threadWords.faultKernel)
          this.#keepThreadWord(code, threadWords.kernelRound, threadWords.faultRound)
        }
      })
      code.i32(0)
    })
  }

  #keepThreadWord(code: FunctionWriter, from: number, to: number): void {
    this.pushThreadWords(code)
    this.pushThreadWords(code)
    code.memory(opcode.i32_load, from)
    code.memory(opcode.i32_store, to)
  }
}

/** The import that gives the address of a state or constant. */
export function addressName(buffer: number): string {
  return `buffer${buffer}`
}
