// The kernel IR: all that a backend knows. A program is a list of kernels over numbered buffers.

import type { DType } from './dtype.ts'
import type { Index } from './indexing.ts'
import type { Scalar } from './scalar.ts'

/**
 * How a reduction joins two values. `argMax` gives the position (int32, counted row-major through the step's own axes) of the
 * first largest value; NaN counts as largest. Integers wrap. Nothing joined gives what changes no other value: 0, 1, the dtype's
 * smallest (−∞), its largest (+∞); `argMax` of nothing is 0. Bools know `maximum`, `minimum` and `argMax`.
 */
export type Combine = 'add' | 'multiply' | 'maximum' | 'minimum' | 'argMax'

/**
 * For every point of `extents` (in any order, so in parallel) run the steps in order.
 *
 * Axes 0 … r−1 are the axes of `extents`. A step adds its own axes after them: axis r, r+1, … in its expressions are the
 * step's `extents`. A step may use the `result` of earlier reduce steps. So an elementwise kernel is one store, a
 * sum is a reduce and a store, and softmax is two reduces and a store over the row.
 */
export interface LoopKernel {
  readonly kind: 'loop'
  readonly label: string
  readonly extents: readonly number[]
  readonly steps: readonly LoopStep[]
}

export type LoopStep = Reduce | Store

export interface Reduce {
  readonly kind: 'reduce'
  readonly extents: readonly number[]
  readonly combine: Combine
  readonly value: Scalar
}

/**
 * Writes `value` to `buffer[index]` for every point of its own extents. No two points of the kernel write the same element.
 *
 * A kernel may read what it writes only at the very element it writes (a parameter updated in place): at each point the values of
 * all consecutive stores with the same extents are computed before the first of them is written.
 */
export interface Store {
  readonly kind: 'store'
  readonly extents: readonly number[]
  readonly buffer: number
  readonly index: Index
  readonly value: Scalar
}

/**
 * sum[batch, row, column] = Σ over depth of left[batch, row, depth] · right[batch, column, depth], in the dtype of `left`.
 *
 * Each of the four groups may have any number of axes (also none). Axes are numbered batch, rows, columns, depth in that
 * order; `left` does not use the columns and `right` does not use the rows. Both are arbitrary expressions, evaluated while
 * the backend packs them: a transposed, padded, dilated or windowed operand costs nothing extra, so convolution is
 * a contraction. The stores are the epilogue: they have no extents of their own, use the batch, row and column axes
 * and read the sum as `result` 0.
 */
export interface ContractionKernel {
  readonly kind: 'contraction'
  readonly label: string
  readonly batch: readonly number[]
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly depth: readonly number[]
  readonly left: Scalar
  readonly right: Scalar
  readonly stores: readonly Store[]
}

/**
 * Fills `buffer` with zeros, then adds `value` to `buffer[index]` for every point of `extents`, in row-major order. Points may
 * meet in one element.
 */
export interface ScatterKernel {
  readonly kind: 'scatter'
  readonly label: string
  readonly extents: readonly number[]
  readonly buffer: number
  readonly index: Index
  readonly value: Scalar
}

export type Kernel = LoopKernel | ContractionKernel | ScatterKernel

/**
 * What a buffer is for. `input`: written by the caller before each run. `output`: read by the caller after it. `state`: kept
 * by the caller between runs, read and written in place. `constant`: written once. `temporary`: lives inside a run.
 * `view`: a part of another buffer, which part depending on the round of a repeat.
 */
export type BufferRole = 'input' | 'output' | 'state' | 'constant' | 'temporary' | 'view'

/**
 * Elements `start + step · round` (modulo `period`) and those after it of buffer `of`, which is no view. `round` is that of the repeat
 * around the kernel that uses the view, 0 outside of repeats.
 */
export interface View {
  readonly of: number
  readonly start: number
  readonly step: number
  readonly period: number
}

export interface Buffer {
  readonly role: BufferRole
  readonly dtype: DType
  /** Number of elements. */
  readonly size: number
  /** Of a `constant`. */
  readonly data?: ArrayLike<number>
  /** Of a `view`. */
  readonly view?: View
  /** Of an `input`, `output` or `temporary`: byte offset in the program's arena, a multiple of 64. Buffers share bytes where lifetimes allow. */
  readonly offset?: number
}

/** What a fault (see IndexAtom `value`) tells the user. `{value}` in the message stands for the offending index. */
export interface Fault {
  readonly message: string
}

/** The text that a run which found the index `value` out of range throws. */
export function faultMessage(fault: Fault, value: number): string {
  return fault.message.replaceAll('{value}', String(value))
}

/** Kernels `first` to `last` run in order, `count` times over: rounds 0, 1, 2, … */
export interface Repeat {
  readonly first: number
  readonly last: number
  readonly count: number
}

/** The first element of a view in a round. */
export function viewPosition({ start, step, period }: View, round: number): number {
  const position = (start + step * round) % period
  return position < 0 ? position + period : position
}

/** A whole captured step. Kernels run in order; a backend may overlap those that do not touch each other's buffers. */
export interface Program {
  readonly buffers: readonly Buffer[]
  readonly kernels: readonly Kernel[]
  /** Loops over kernels, in order; they do not overlap. None if absent. */
  readonly repeats?: readonly Repeat[]
  /** Buffers of role `input`, in the order in which `run` takes their data. */
  readonly inputs: readonly number[]
  /** Buffers whose values `run` returns, in order. */
  readonly outputs: readonly number[]
  /** Buffers of role `state`, in the order in which `prepare` binds them. */
  readonly states: readonly number[]
  readonly faults: readonly Fault[]
  readonly arenaBytes: number
}
