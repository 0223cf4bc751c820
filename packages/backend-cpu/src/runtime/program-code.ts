import { bytesPerElement, operation, type Program, printKernel, typedArrayOf } from '@neurite/compiler/kernel'
import { emitProgram } from '../program/emit-program.ts'
import { isShareable } from '../program/kernel-calls.ts'
import type { EmittedKernel, ProgramOptions, ReferenceOp } from '../program/program-module.ts'
import type { Sharing } from '../program/split.ts'
import { hasRelaxedSimd } from '../wasm/features.ts'
import type { Heap } from './heap.ts'

export interface CodeOptions extends Pick<ProgramOptions, 'fewestProductsOfTiles'> {
  readonly sharing: Sharing
}

/** A program's machine code and constants, shared by all executables of the program. */
export class ProgramCode {
  readonly module: WebAssembly.Module
  readonly references: WebAssembly.ModuleImports
  /** The module's text, if several threads can run it. */
  readonly threadedBytes: Uint8Array | undefined
  readonly #arenaBytes: number
  readonly #bytesPerThread: number
  readonly #program: Program
  readonly #heap: Heap
  readonly #kernels: readonly EmittedKernel[]
  #constants: ReadonlyMap<number, number> = new Map()
  #users = 0

  constructor(program: Program, heap: Heap, { sharing, ...options }: CodeOptions) {
    const { bytes, kernels, references, arenaBytes, bytesPerThread } = emitProgram(program, {
      ...options,
      // Engines before relaxed SIMD load all constants of a loop at its beginning, and run out of registers.
      constants: hasRelaxedSimd() ? heap.constants : undefined,
      sharing: heap.isShared ? sharing : undefined,
    })
    heap.writeConstants()
    this.#program = program
    this.#heap = heap
    this.module = compile(bytes)
    this.#kernels = kernels
    this.references = Object.fromEntries(references.map((op) => [op, referenceOperation(op)]))
    this.threadedBytes = bytesPerThread === undefined ? undefined : bytes
    this.#arenaBytes = arenaBytes
    this.#bytesPerThread = bytesPerThread ?? 0
  }

  /** Bytes that the arena must have when so many threads run the program. */
  arenaBytesFor(threads: number): number {
    return this.#arenaBytes + (threads - 1) * this.#bytesPerThread
  }

  /** A text per kernel: what it computes, and how. */
  describe(): readonly string[] {
    return this.#kernels.map((emitted) => {
      const isShared = this.threadedBytes !== undefined && isShareable(emitted)
      const note = isShared ? `${emitted.note}; ${emitted.split!.rounds} rounds for threads` : emitted.note
      return `${printKernel(emitted.kernel, this.#program.buffers)}\n  (${note})`
    })
  }

  /** Addresses of the constants, which are written when the first executable asks for them. */
  acquireConstants(): ReadonlyMap<number, number> {
    if (this.#users++ === 0) this.#constants = this.#writeConstants()
    return this.#constants
  }

  releaseConstants(): void {
    if (--this.#users > 0) return
    for (const address of this.#constants.values()) this.#heap.release(address)
    this.#constants = new Map()
  }

  #writeConstants(): ReadonlyMap<number, number> {
    const addresses = new Map<number, number>()
    for (const [number, { dtype, size, data }] of this.#program.buffers.entries()) {
      if (data === undefined) continue
      const address = this.#heap.allocate(size * bytesPerElement[dtype])
      new typedArrayOf[dtype](this.#heap.memory.buffer, address, size).set(data)
      addresses.set(number, address)
    }
    return addresses
  }
}

function referenceOperation(op: ReferenceOp): (a: number, b: number) => number {
  const exact = operation(op, 'float64')
  return (a, b) => exact(a, b, 0)
}

/** What to do instead. */
export const withoutWebAssembly =
  'Without WebAssembly, `useBackend(referenceBackend())` runs everything in plain JavaScript, many times slower.'

function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (/unsafe-eval|content security policy|disallowed by embedder/i.test(reason))
      throw new Error(
        "backend-cpu: this page's Content Security Policy forbids WebAssembly compiled at run time. Allow it with \"script-src 'wasm-unsafe-eval'\". " +
          withoutWebAssembly,
        { cause: error },
      )
    throw new Error(`backend-cpu: this engine refuses the generated WebAssembly (it must know SIMD): ${reason}`, {
      cause: error,
    })
  }
}
