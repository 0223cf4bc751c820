// In which order threads call kernels, and where they wait for each other.

import { accessesOf, bytesPerElement, type Kernel, type Program } from '@neurite/compiler/kernel'
import { counters } from '../threads/control-block.ts'

/** `isShared`: all threads run it; what is not runs on the first thread alone. */
export type Call =
  /** `counter` counts the rounds of a shared kernel; no other kernel uses it between two barriers. */
  | { readonly kind: 'kernel'; readonly kernel: number; readonly isShared: boolean; readonly counter: number }
  | { readonly kind: 'repeat'; readonly count: number; readonly calls: readonly Call[]; readonly isShared: boolean }
  /** All threads wait until all have come. */
  | { readonly kind: 'barrier' }

/**
 * Calls of all kernels, some of which all threads share. Threads wait before a kernel that touches what another has written, or writes
 * what another has touched, since they last waited, unless the first thread alone runs both.
 */
export function scheduleOf(program: Program, isShared: (kernel: number) => boolean): readonly Call[] {
  return new Scheduler(program, isShared).all()
}

/** Bytes of the arena, or of a buffer outside of it. */
interface Area {
  readonly space: number | 'arena'
  readonly start: number
  readonly end: number
}

interface Touched {
  readonly reads: readonly Area[]
  readonly writes: readonly Area[]
  readonly isShared: boolean
}

class Scheduler {
  readonly #program: Program
  readonly #isShared: (kernel: number) => boolean
  /** Since the last barrier, as are the counters. */
  #pending: Touched[] = []
  #counters = 0

  constructor(program: Program, isShared: (kernel: number) => boolean) {
    this.#program = program
    this.#isShared = isShared
  }

  all(): Call[] {
    const { repeats = [], kernels } = this.#program
    const calls: Call[] = []
    let next = 0
    for (const { first, last, count } of repeats) {
      calls.push(...this.#kernels(next, first))
      next = last + 1
      if (count > 0) calls.push(...this.#repeat(first, next, count))
    }
    calls.push(...this.#kernels(next, kernels.length))
    if (this.#counters > 0) calls.push(this.#barrier())
    return calls
  }

  #kernels(from: number, to: number): Call[] {
    return this.#program.kernels.slice(from, to).flatMap((kernel, place): Call[] => {
      const number = from + place
      const isShared = this.#isShared(number)
      const before = this.#barrierBefore(this.#touchedBy([kernel], isShared))
      const counter = isShared ? this.#counters++ : 0
      return [...before, { kind: 'kernel', kernel: number, isShared, counter }]
    })
  }

  #repeat(from: number, to: number, count: number): Call[] {
    const kernels = this.#program.kernels.slice(from, to)
    const isShared = kernels.some((_, place) => this.#isShared(from + place))
    const before = this.#barrierBefore(this.#touchedBy(kernels, isShared))
    if (!isShared) return [...before, { kind: 'repeat', count, calls: this.#inside(from, to), isShared }]
    this.#pending.pop()
    // A round needs what the one before has done.
    const calls: Call[] = [...this.#kernels(from, to), this.#barrier()]
    return [...before, { kind: 'repeat', count, calls, isShared }]
  }

  #inside(from: number, to: number): Call[] {
    return Array.from({ length: to - from }, (_, place) => ({
      kind: 'kernel',
      kernel: from + place,
      isShared: false,
      counter: 0,
    }))
  }

  #barrierBefore(touched: Touched): Call[] {
    const mustWait =
      this.#counters === counters ||
      this.#pending.some(
        (other) => (touched.isShared || other.isShared) && (disturbs(touched, other) || disturbs(other, touched)),
      )
    const before = mustWait ? [this.#barrier()] : []
    this.#pending.push(touched)
    return before
  }

  #barrier(): Call {
    this.#pending = []
    this.#counters = 0
    return { kind: 'barrier' }
  }

  #touchedBy(kernels: readonly Kernel[], isShared: boolean): Touched {
    const accesses = kernels.flatMap(accessesOf)
    const reads = new Set(accesses.flatMap((access) => [...access.reads]))
    const writes = new Set(accesses.flatMap((access) => (access.writes === undefined ? [] : [access.writes])))
    const areas = (buffers: ReadonlySet<number>): Area[] => [...buffers].map((buffer) => this.#areaOf(buffer))
    return { reads: areas(reads), writes: areas(writes), isShared }
  }

  #areaOf(number: number): Area {
    const buffer = this.#program.buffers[number]!
    if (buffer.view !== undefined) return this.#areaOf(buffer.view.of)
    const { offset, dtype, size } = buffer
    const bytes = size * bytesPerElement[dtype]
    return offset === undefined
      ? { space: number, start: 0, end: bytes }
      : { space: 'arena', start: offset, end: offset + bytes }
  }
}

/** Whether the one writes what the other touches. */
function disturbs(one: Touched, other: Touched): boolean {
  const touched = [...other.reads, ...other.writes]
  return one.writes.some((a) => touched.some((b) => a.space === b.space && a.start < b.end && b.start < a.end))
}
