// Writes programs by hand: for tests, for experiments, and for authors of backends.

import { bytesPerElement, type DType } from './dtype.ts'
import type { Index } from './indexing.ts'
import type { Buffer, Fault, Kernel, Program, Repeat, Store, View } from './kernel.ts'
import { loadScalar, type Scalar } from './scalar.ts'

/** Collects buffers and kernels. Every method that makes a buffer gives its number. */
export interface ProgramWriter {
  input(dtype: DType, size: number): number
  output(dtype: DType, size: number): number
  state(dtype: DType, size: number): number
  temporary(dtype: DType, size: number): number
  constant(dtype: DType, data: ArrayLike<number>): number
  /** Number of a fault with this message; `{value}` stands for the offending index. */
  fault(message: string): number
  kernel(kernel: Kernel): void
  /** A buffer of `size` elements that shows a part of another. */
  view(size: number, view: View): number
  /** Repeats the kernels that `write` adds. */
  repeat(count: number, write: () => void): void
  /** The element of a buffer made before. */
  load(buffer: number, index: Index): Scalar
  /** The program so far. No two buffers share bytes. */
  finish(): Program
}

const alignment = 64

/** An empty program to be filled. */
export function writeProgram(): ProgramWriter {
  const buffers: Buffer[] = []
  const kernels: Kernel[] = []
  const faults: Fault[] = []
  const repeats: Repeat[] = []
  let arenaBytes = 0

  function inArena(role: 'input' | 'output' | 'temporary', dtype: DType, size: number): number {
    const offset = arenaBytes
    arenaBytes += Math.ceil((size * bytesPerElement[dtype]) / alignment) * alignment
    return buffers.push({ role, dtype, size, offset }) - 1
  }

  function ofRole(role: Buffer['role']): number[] {
    return buffers.flatMap((buffer, number) => (buffer.role === role ? [number] : []))
  }

  return {
    input: (dtype, size) => inArena('input', dtype, size),
    output: (dtype, size) => inArena('output', dtype, size),
    temporary: (dtype, size) => inArena('temporary', dtype, size),
    state: (dtype, size) => buffers.push({ role: 'state', dtype, size }) - 1,
    constant: (dtype, data) => buffers.push({ role: 'constant', dtype, size: data.length, data }) - 1,
    fault: (message) => faults.push({ message }) - 1,
    kernel: (kernel) => {
      kernels.push(kernel)
    },
    view: (size, view) => buffers.push({ role: 'view', dtype: buffers[view.of]!.dtype, size, view }) - 1,
    repeat: (count, write) => {
      const first = kernels.length
      write()
      repeats.push({ first, last: kernels.length - 1, count })
    },
    load: (buffer, index) => loadScalar(buffer, index, buffers[buffer]!.dtype),
    finish: () => ({
      buffers: [...buffers],
      kernels: [...kernels],
      inputs: ofRole('input'),
      outputs: ofRole('output'),
      states: ofRole('state'),
      faults: [...faults],
      ...(repeats.length > 0 ? { repeats: [...repeats] } : {}),
      arenaBytes,
    }),
  }
}

/** A store of a loop or contraction kernel; `extents` are those of the step. */
export function storeTo(buffer: number, index: Index, value: Scalar, extents: readonly number[] = []): Store {
  return { kind: 'store', extents, buffer, index, value }
}
