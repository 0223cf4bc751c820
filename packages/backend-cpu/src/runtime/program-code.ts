import {
  type Buffer,
  bytesPerElement,
  type DescribedKernel,
  operation,
  type Program,
  typedArrayOf,
} from '@neurite/compiler/kernel'
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
  readonly constants: ProgramConstants
  readonly #arenaBytes: number
  readonly #bytesPerThread: number
  readonly #kernels: readonly EmittedKernel[]

  constructor(program: Program, heap: Heap, { sharing, ...options }: CodeOptions) {
    const { bytes, kernels, references, arenaBytes, bytesPerThread } = emitProgram(program, {
      ...options,
      // Engines before relaxed SIMD load all constants of a loop at its beginning, and run out of registers.
      constants: hasRelaxedSimd() ? heap.constants : undefined,
      sharing: heap.isShared ? sharing : undefined,
    })
    heap.writeConstants()
    this.constants = new ProgramConstants(program.buffers, heap)
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

  /** What runs for each kernel, and how. */
  describe(): readonly DescribedKernel[] {
    return this.#kernels.map((emitted) => {
      const isShared = this.threadedBytes !== undefined && isShareable(emitted)
      const note = isShared ? `${emitted.note}; ${emitted.split!.rounds} rounds for threads` : emitted.note
      return { kernel: emitted.kernel, note }
    })
  }
}

/**
 * The constants of a program, in the memory while somebody uses them. They know nothing of its module, which what waits to release
 * them must not keep alive.
 */
export class ProgramConstants {
  readonly #data: ReadonlyMap<number, Buffer>
  readonly #heap: Heap
  #addresses: ReadonlyMap<number, number> = new Map()
  #users = 0

  constructor(buffers: readonly Buffer[], heap: Heap) {
    this.#data = new Map([...buffers.entries()].filter(([, { data }]) => data !== undefined))
    this.#heap = heap
  }

  /** Their addresses by the number of their buffer; they are written when the first user asks for them. */
  acquire(): ReadonlyMap<number, number> {
    if (this.#users++ === 0) this.#addresses = this.#write()
    return this.#addresses
  }

  release(): void {
    if (--this.#users > 0) return
    for (const address of this.#addresses.values()) this.#heap.release(address)
    this.#addresses = new Map()
  }

  #write(): ReadonlyMap<number, number> {
    const addresses = new Map<number, number>()
    for (const [number, { dtype, size, data }] of this.#data) {
      const address = this.#heap.allocate(size * bytesPerElement[dtype])
      new typedArrayOf[dtype](this.#heap.memory.buffer, address, size).set(data!)
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
