// Loops over blocks and over the places inside them, where the last block may be shorter.

import type { ExpressionEmitter } from '../expression/expression-emitter.ts'
import type { VectorPosition } from '../expression/vector-position.ts'
import { countedLoop } from '../loop/counted-loop.ts'
import { axisLoop } from '../loop/loop-nest.ts'
import { givenRounds } from '../program/program-module.ts'
import type { Local } from '../wasm/function-writer.ts'
import type { BlockedAxes, ShorterBlock } from './blocks.ts'
import type { BlockLength } from './micro-kernel.ts'

export class BlockNest {
  readonly emitter: ExpressionEmitter
  readonly #extents: readonly number[]
  readonly #shorter: readonly ShorterBlock[]

  readonly #sharedAxis: number | undefined

  /** Loops over `sharedAxis` run the rounds that the kernel's function is given. */
  constructor(
    emitter: ExpressionEmitter,
    extents: readonly number[],
    groups: readonly BlockedAxes[],
    sharedAxis?: number,
  ) {
    this.emitter = emitter
    this.#extents = extents
    this.#sharedAxis = sharedAxis
    this.#shorter = groups.flatMap(({ shorter }) => (shorter === undefined ? [] : [shorter]))
  }

  /** Loops over axes, one point at a time, the first outermost. */
  loops(axes: readonly number[], body: () => void): void {
    const [axis, ...others] = axes
    if (axis === undefined) body()
    else this.#loop(axis, () => this.loops(others, body))
  }

  /**
   * The same for places inside blocks whose loops are around, the last axis four points at a time; `before` runs outside of each
   * loop. Places of the last axis that are `interior` have a loop of their own.
   */
  vectorLoops(
    axes: readonly number[],
    before: () => void,
    body: (position: VectorPosition, isInterior: boolean) => void,
    interior: Run = { start: 0, end: 0 },
  ): void {
    const [axis, ...others] = axes
    before()
    if (others.length > 0) {
      this.#loop(axis!, () => this.vectorLoops(others, before, body, interior))
      return
    }
    this.#forExtent(axis!, (extent) => {
      const end = Math.min(interior.end, extent - (extent % 4))
      const start = Math.min(interior.start, end)
      for (const [from, to] of [
        [0, start],
        [start, end],
        [end, extent],
      ] as const)
        if (to > from)
          axisLoop(this.emitter, { axis: axis!, start: from, extent: to, chunks: 1 }, ([position]) =>
            body(position!, from === start && to === end),
          )
    })
  }

  /** One point at a time; `before` runs outside of each loop. */
  pointLoops(axes: readonly number[], before: () => void, body: () => void): void {
    const [axis, ...others] = axes
    before()
    if (axis === undefined) body()
    else this.#loop(axis, () => this.pointLoops(others, before, body))
  }

  /** The number of points of a group's current block; a local, if any, is the caller's to release. */
  lengthOf({ length, shorter }: BlockedAxes): BlockLength {
    if (shorter === undefined) return length
    const { code } = this.emitter
    code.i32(shorter.length)
    code.i32(length)
    this.#pushIsLast(shorter)
    code.emit('select')
    return { full: length, shorter: shorter.length, actual: code.keep('i32') }
  }

  #loop(axis: number, body: () => void): void {
    const rounds = axis === this.#sharedAxis ? givenRounds : undefined
    this.#forExtent(axis, (extent) => axisLoop(this.emitter, { axis, extent, rounds }, body))
  }

  /** Writes code for the extent that the axis has in the current block, for each that it may have. */
  #forExtent(axis: number, write: (extent: number) => void): void {
    const { emitter } = this
    const extent = this.#extents[axis]!
    const shorter = this.#shorter.find(({ inside }) => inside === axis)
    if (shorter === undefined) {
      write(extent)
      return
    }
    const branch = (length: number) => (): void => {
      emitter.scopes.push()
      write(length)
      emitter.scopes.pop()
    }
    this.#pushIsLast(shorter)
    emitter.code.if(branch(shorter.extent), branch(extent))
  }

  #pushIsLast({ axis }: ShorterBlock): void {
    const { code } = this.emitter
    code.get(this.emitter.counterOf(axis))
    code.i32(this.#extents[axis]! - 1)
    code.emit('i32.eq')
  }
}

/** Places from `start` to before `end`. */
export interface Run {
  readonly start: number
  readonly end: number
}

/** Loops over tiles of `size` points from the beginning of a block, then one over what is left, if it is. */
export function tileLoop(
  nest: BlockNest,
  length: BlockLength,
  size: number,
  body: (tile: { readonly start: Local; readonly points: number }) => void,
): void {
  const { code } = nest.emitter
  const whole = (points: number): number => points - (points % size)
  if (typeof length === 'number') {
    const end = whole(length)
    if (end > 0) countedLoop(code, { end, step: size }, (start) => body({ start, points: size }))
    if (end < length) countedLoop(code, { start: end, end: end + 1 }, (start) => body({ start, points: length - end }))
    return
  }
  const start = code.local('i32')
  const { full, shorter, actual } = length
  code.i32(0)
  code.set(start)
  code.block((exit) => {
    code.loop((again) => {
      code.get(start)
      code.i32(size)
      code.emit('i32.add')
      code.get(actual)
      code.emit('i32.gt_s')
      code.branchIf(exit)
      body({ start, points: size })
      code.get(start)
      code.i32(size)
      code.emit('i32.add')
      code.set(start)
      code.branch(again)
    })
  })
  for (const left of new Set([full % size, shorter % size])) {
    if (left === 0) continue
    code.get(actual)
    code.get(start)
    code.emit('i32.sub')
    code.i32(left)
    code.emit('i32.eq')
    code.if(() => body({ start, points: left }))
  }
  code.release(start)
}
