// Loops over blocks and over the places inside them, where the last block may be shorter.

import type { ExpressionEmitter } from '../expression/expression-emitter.ts'
import type { VectorPosition } from '../expression/vector-position.ts'
import { rangeLoop } from '../loop/counted-loop.ts'
import { axisLoop } from '../loop/loop-nest.ts'
import { givenRounds } from '../program/program-module.ts'
import * as opcode from '../wasm/opcodes.ts'
import type { BlockedAxes, ShorterBlock } from './blocks.ts'
import type { BlockLength } from './micro-kernel.ts'

/** So many points are worth a call. */
const pointsOfPart = 1024

export class BlockNest {
  readonly emitter: ExpressionEmitter
  readonly #extents: readonly number[]
  readonly #groups: readonly BlockedAxes[]
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
    this.#groups = groups
    this.#sharedAxis = sharedAxis
    this.#shorter = groups.flatMap(({ shorter }) => (shorter === undefined ? [] : [shorter]))
  }

  /**
   * Writes loops over axes as a function of its own, and calls of it; `write` is given the axes that it is to go through itself. Engines put
   * better code in the place of a function's first, many times slower, only between calls, and make it sooner for short functions: what
   * takes long in a kernel is called block by block, so that the first step on new shapes is not all slow.
   */
  part(name: string, axes: readonly number[], write: (nest: BlockNest, axes: readonly number[]) => void): void {
    const inside = this.#insideOfPart(axes)
    this.loops(axes.slice(0, axes.length - inside.length), () => this.#part(name, (nest) => write(nest, inside)))
  }

  #insideOfPart(axes: readonly number[]): readonly number[] {
    let first = axes.length
    for (let points = 1; first > 0 && points < pointsOfPart; ) points *= this.#extents[axes[--first]!]!
    return axes.slice(first)
  }

  #part(name: string, write: (nest: BlockNest) => void): void {
    const { code, program, boundAxes } = this.emitter
    const { part, firstCounter } = program.partOfKernel(name, boundAxes.length)
    const emitter = this.emitter.inFunction(part)
    for (const [place, axis] of boundAxes.entries()) emitter.bind(axis, firstCounter + place)
    write(new BlockNest(emitter, this.#extents, this.#groups))
    program.callPart(
      code,
      part,
      boundAxes.map((axis) => this.emitter.counterOf(axis)),
    )
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

  /** The number of points of a group's current block; the local is the caller's to release. */
  lengthOf({ length, shorter }: BlockedAxes): BlockLength {
    const { code } = this.emitter
    if (shorter === undefined) code.i32(length)
    else this.#pushOfBlock(shorter, shorter.length, length)
    return { full: length, shorter: shorter?.length ?? length, actual: code.keep('i32') }
  }

  #loop(axis: number, body: () => void): void {
    const { emitter } = this
    const extent = this.#extents[axis]!
    const shorter = this.#shorterAlong(axis)
    if (shorter === undefined) {
      axisLoop(emitter, { axis, extent, rounds: axis === this.#sharedAxis ? givenRounds : undefined }, body)
      return
    }
    this.#pushOfBlock(shorter, shorter.extent, extent)
    const end = emitter.code.keep('i32')
    rangeLoop(emitter.code, { end }, (counter) => {
      emitter.bind(axis, counter)
      body()
      emitter.unbind(axis)
    })
    emitter.code.release(end)
  }

  #shorterAlong(axis: number): ShorterBlock | undefined {
    return this.#shorter.find(({ inside }) => inside === axis)
  }

  /** Writes code for the extent that the axis has in the current block, for each that it may have. */
  #forExtent(axis: number, write: (extent: number) => void): void {
    const { emitter } = this
    const extent = this.#extents[axis]!
    const shorter = this.#shorterAlong(axis)
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

  /** Pushes what is different in the last block. */
  #pushOfBlock(shorter: ShorterBlock, last: number, other: number): void {
    this.emitter.code.i32(last)
    this.emitter.code.i32(other)
    this.#pushIsLast(shorter)
    this.emitter.code.emit(opcode.select)
  }

  #pushIsLast({ axis }: ShorterBlock): void {
    const { code } = this.emitter
    code.get(this.emitter.counterOf(axis))
    code.i32(this.#extents[axis]! - 1)
    code.emit(opcode.i32_eq)
  }
}

/** Places from `start` to before `end`. */
export interface Run {
  readonly start: number
  readonly end: number
}
