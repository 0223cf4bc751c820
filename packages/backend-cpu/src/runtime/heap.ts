import { bufferAlignment } from '../program/program-module.ts'
import { controlBlockEnd } from '../threads/control-block.ts'
import { GrowingConstantPool } from '../wasm/constant-pool.ts'
import { maximumPages } from '../wasm/module-writer.ts'

/** A run of bytes that nobody uses. */
interface Gap {
  start: number
  end: number
}

export const pageBytes = 65536

/** Bytes below are not handed out: the fault word is there, and constants of the code. What threads share comes behind. */
const reservedBytes = 4096
/** Beyond the last buffer there are always some bytes more, so that vectors may be loaded across its end. */
const slackBytes = 64

const memorySize = { initial: 1, maximum: maximumPages }

/** Undefined where the engine has none, or not as large. */
function sharedMemory(): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ ...memorySize, shared: true })
  } catch {
    return undefined
  }
}

/**
 * Memory that all programs of a backend share, handed out in runs of bytes (first fit, neighbouring gaps joined).
 * Growing it detaches views of it, or leaves them short, so views are taken again when `version` has changed.
 */
export class Heap {
  readonly memory: WebAssembly.Memory
  readonly isShared: boolean
  /** Constants that code loads; those asked for are there after `writeConstants`. */
  readonly constants: GrowingConstantPool = new GrowingConstantPool(bufferAlignment, reservedBytes - bufferAlignment)
  readonly #gaps: Gap[]
  readonly #sizes = new Map<number, number>()
  #version = 0
  #arena = { address: 0, bytes: 0 }

  /** With `isShared`, other threads can have the memory as well, if the environment knows memory of this kind. */
  constructor({ isShared = false }: { readonly isShared?: boolean } = {}) {
    this.memory = (isShared ? sharedMemory() : undefined) ?? new WebAssembly.Memory(memorySize)
    this.isShared = !(this.memory.buffer instanceof ArrayBuffer)
    this.#gaps = [{ start: this.isShared ? controlBlockEnd : reservedBytes, end: pageBytes - slackBytes }]
  }

  /** Changes when views of the memory are no longer valid, or the arena has moved. */
  get version(): number {
    return this.#version
  }

  /** Address of the arena, which belongs to whichever program runs. */
  get arena(): number {
    return this.#arena.address
  }

  /** Bytes of the memory. */
  get size(): number {
    return this.memory.buffer.byteLength
  }

  /** Bytes that are handed out, and in how many runs. */
  get inUse(): { readonly bytes: number; readonly runs: number } {
    return { bytes: [...this.#sizes.values()].reduce((sum, size) => sum + size, 0), runs: this.#sizes.size }
  }

  /**
   * The address of so many bytes, a multiple of 64; what they hold is anything.
   * @throws Error if memory is exhausted
   */
  allocate(bytes: number): number {
    const size = Math.max(bufferAlignment, Math.ceil(bytes / bufferAlignment) * bufferAlignment)
    let place = this.#gaps.findIndex(({ start, end }) => end - start >= size)
    if (place < 0) {
      this.#grow(size)
      place = this.#gaps.length - 1
    }
    const gap = this.#gaps[place]!
    const address = gap.start
    gap.start += size
    if (gap.start === gap.end) this.#gaps.splice(place, 1)
    this.#sizes.set(address, size)
    return address
  }

  /** Takes bytes back that were allocated. */
  release(address: number): void {
    const size = this.#sizes.get(address)
    if (size === undefined) throw new Error(`Heap: nothing is allocated at ${address}.`)
    this.#sizes.delete(address)
    this.#addGap(address, address + size)
  }

  /** Makes the arena at least so large. What it holds is lost if it moves. */
  reserveArena(bytes: number): void {
    if (bytes <= this.#arena.bytes) return
    if (this.#arena.bytes > 0) this.release(this.#arena.address)
    this.#arena = { address: 0, bytes: 0 }
    this.#arena = { address: this.allocate(bytes), bytes }
    this.#version++
  }

  /** Writes the constants that code has asked for. */
  writeConstants(): void {
    new Int32Array(this.memory.buffer, this.constants.start).set(this.constants.words)
  }

  /** Makes executables look again at what they use. */
  invalidateViews(): void {
    this.#version++
  }

  #addGap(start: number, end: number): void {
    const after = this.#gaps.findIndex((gap) => gap.start >= end)
    const place = after < 0 ? this.#gaps.length : after
    const [before, next] = [this.#gaps[place - 1], this.#gaps[place]]
    const joinsBefore = before !== undefined && before.end === start
    const joinsNext = next !== undefined && next.start === end
    if (joinsBefore && joinsNext) {
      before.end = next.end
      this.#gaps.splice(place, 1)
    } else if (joinsBefore) before.end = end
    else if (joinsNext) next.start = start
    else this.#gaps.splice(place, 0, { start, end })
  }

  /** Makes the last gap at least so large. */
  #grow(bytes: number): void {
    const end = this.size - slackBytes
    const last = this.#gaps.at(-1)
    const missing = bytes - (last !== undefined && last.end === end ? end - last.start : 0)
    // Growing costs time, so memory grows by at least a quarter, as far as it can.
    const needed = Math.ceil(missing / pageBytes)
    const available = maximumPages - this.size / pageBytes
    const pages = Math.max(needed, Math.min(Math.floor(this.size / pageBytes / 4), available))
    try {
      this.memory.grow(pages)
    } catch {
      throw new Error(
        `backend-cpu: out of memory: ${needed * pageBytes} more bytes are needed beside the ${this.size} in use; WebAssembly has at most 4 GiB.`,
      )
    }
    this.#version++
    this.#addGap(end, this.size - slackBytes)
  }
}
