import { bytesPerElement, type DType, type StateBuffer, type TypedArray, typedArrayOf } from '@neurite/compiler/kernel'
import type { Heap } from './heap.ts'
import type { RunQueue } from './run-queue.ts'

/** A state in the heap. Its memory goes back when it is released, or collected. */
export class CpuState implements StateBuffer {
  readonly dtype: DType
  readonly size: number
  readonly heap: Heap
  readonly address: number
  readonly #queue: RunQueue | undefined
  #isReleased = false

  /** `queue` holds the runs that may have yet to read or write it. */
  constructor(heap: Heap, dtype: DType, size: number, queue?: RunQueue) {
    this.heap = heap
    this.#queue = queue
    this.dtype = dtype
    this.size = size
    this.address = heap.allocate(size * bytesPerElement[dtype])
    this.#view().fill(0)
    collected.register(this, { heap, address: this.address }, this)
  }

  get isReleased(): boolean {
    return this.#isReleased
  }

  write(data: TypedArray): void {
    if (data.length !== this.size)
      throw new Error(`write: the state has ${this.size} elements, but ${data.length} were given.`)
    this.#queue?.settle()
    this.#view().set(data)
  }

  async read(): Promise<TypedArray> {
    if (this.#queue === undefined || this.#queue.isEmpty) return this.readSync()
    // Later runs must not write it before.
    return this.#queue.add({ hand: () => undefined, doAlone: () => this.#view().slice() }).read()
  }

  readSync(): TypedArray {
    this.#queue?.settle()
    return this.#view().slice()
  }

  release(): void {
    if (this.#isReleased) return
    this.#queue?.settle()
    this.#isReleased = true
    collected.unregister(this)
    this.heap.release(this.address)
    this.heap.invalidateViews()
  }

  #view(): TypedArray {
    if (this.#isReleased) throw new Error('The state is released.')
    return new typedArrayOf[this.dtype](this.heap.memory.buffer, this.address, this.size)
  }
}

const collected = new FinalizationRegistry(({ heap, address }: { heap: Heap; address: number }) => {
  heap.release(address)
})
