import { bytesPerElement, type DType, type StateBuffer, type TypedArray, typedArrayOf } from '@neurite/compiler/kernel'
import type { Heap } from './heap.ts'

/** A state in the heap. Its memory goes back when it is released, or collected. */
export class CpuState implements StateBuffer {
  readonly dtype: DType
  readonly size: number
  readonly heap: Heap
  readonly address: number
  #isReleased = false

  constructor(heap: Heap, dtype: DType, size: number) {
    this.heap = heap
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
    this.#view().set(data)
  }

  async read(): Promise<TypedArray> {
    return this.readSync()
  }

  readSync(): TypedArray {
    return this.#view().slice()
  }

  release(): void {
    if (this.#isReleased) return
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
