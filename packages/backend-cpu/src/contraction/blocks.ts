// How the axes of a group are cut: an operand is packed, and sums are kept, for one block of each group at a time.

import { addIndex, axisIndex, type Index } from '@neurite/compiler/kernel'

/**
 * The axes of a group, outermost first. Each of `outer` is a loop; a block covers `step` values of `blocked` (the last block of an axis
 * that `step` does not divide covers fewer) and all values of the `inner` axes.
 */
export interface Blocks {
  readonly outer: readonly number[]
  readonly blocked: number
  readonly step: number
  readonly inner: readonly number[]
  /** Points in a full block. */
  readonly length: number
  /** Points in the last block along `blocked`. */
  readonly lastLength: number
  /** Number of blocks. */
  readonly count: number
}

export interface BlockSize {
  /** Number of trailing axes among which a block must stay, since something steps evenly through these only. */
  readonly joint: number
  /** Points that a block should have, about. */
  readonly target: number
  /** Whether it should not have more. */
  readonly isMost?: boolean
  /** Of what the points of all blocks but the last along an axis should be a multiple. */
  readonly multiple: number
}

/** Blocks of a group that are as equal as possible. */
export function blockAxes(
  axes: readonly number[],
  extents: readonly number[],
  { joint, target, isMost = false, multiple }: BlockSize,
): Blocks {
  let first = axes.length - 1
  let inside = 1
  while (first > Math.max(0, axes.length - joint) && inside * extents[axes[first]!]! < target) {
    inside *= extents[axes[first]!]!
    first--
  }
  const targets = (extents[axes[first]!]! * inside) / target
  const pieces = Math.max(1, isMost ? Math.ceil(targets) : Math.round(targets))
  return inPieces({ outer: axes.slice(0, first), blocked: axes[first]!, inner: axes.slice(first + 1) }, extents, {
    pieces,
    multiple,
  })
}

/** How many points some axes have together. */
export function pointsOf(axes: readonly number[], extents: readonly number[]): number {
  return axes.reduce((points, axis) => points * extents[axis]!, 1)
}

/** Blocks along the same axis in about so many pieces. */
export function inPieces(
  { outer, blocked, inner }: Pick<Blocks, 'outer' | 'blocked' | 'inner'>,
  extents: readonly number[],
  { pieces, multiple }: { readonly pieces: number } & Pick<BlockSize, 'multiple'>,
): Blocks {
  const extent = extents[blocked]!
  const inside = pointsOf(inner, extents)
  const step = Math.min(extent, roundUp(Math.ceil(extent / pieces), multiple / greatestCommonDivisor(multiple, inside)))
  const blocks = Math.ceil(extent / step)
  return {
    outer,
    blocked,
    step,
    inner,
    length: step * inside,
    lastLength: (extent - (blocks - 1) * step) * inside,
    count: blocks * pointsOf(outer, extents),
  }
}

/** A group of axes as loops around blocks and axes inside a block. The points of a block are counted row-major through `inside`. */
export interface BlockedAxes {
  readonly around: readonly number[]
  readonly inside: readonly number[]
  /** Points in a block. */
  readonly length: number
  /** The last of the blocks along an axis of `around`, if it is shorter. */
  readonly shorter?: ShorterBlock
}

export interface ShorterBlock {
  /** Counts the blocks. */
  readonly axis: number
  /** The first axis inside, and its extent in the last block. */
  readonly inside: number
  readonly extent: number
  /** Points in the last block. */
  readonly length: number
}

/** The axis a block is cut along: a = step · number + a, the number of the block being a new axis. */
export interface AxisCut {
  readonly axis: number
  readonly replacement: Index
}

/** Cuts an axis where there are several blocks along it. Extents are changed in place; new axes come last. */
export function cutBlocks(
  { outer, blocked, step, inner, length, lastLength }: Blocks,
  extents: number[],
): { readonly axes: BlockedAxes; readonly cut?: AxisCut } {
  const inside = [blocked, ...inner]
  const extent = extents[blocked]!
  if (step === extent) return { axes: { around: outer, inside, length } }
  const number = extents.push(Math.ceil(extent / step)) - 1
  extents[blocked] = step
  const axes: BlockedAxes = { around: [...outer, number], inside, length }
  return {
    axes:
      lastLength === length
        ? axes
        : {
            ...axes,
            shorter: { axis: number, inside: blocked, extent: ((extent - 1) % step) + 1, length: lastLength },
          },
    cut: { axis: blocked, replacement: addIndex(axisIndex(number, step), axisIndex(blocked)) },
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  let larger = a
  let smaller = b
  while (smaller !== 0) {
    const rest = larger % smaller
    larger = smaller
    smaller = rest
  }
  return larger
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple
}
