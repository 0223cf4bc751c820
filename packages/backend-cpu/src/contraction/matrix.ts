// An operand as the micro-kernel sees it: lines and steps at even distances, in place or packed in scratch memory.

import {
  addIndex,
  axisIndex,
  type Index,
  loadScalar,
  type Scalar,
  scaleIndex,
  zeroIndex,
} from '@neurite/compiler/kernel'
import { hoist } from '../expression/hoist.ts'
import { type StoreTarget, storeScalars, storeVectors } from '../expression/store-emission.ts'
import type { ProgramModule } from '../program/program-module.ts'
import type { BlockNest, Run } from './block-nest.ts'
import { type BlockedAxes, pointsOf } from './blocks.ts'
import { interiorOf } from './interior.ts'
import type { Load } from './operand-access.ts'
import { nestConditions, type Packing } from './packing.ts'
import { strideAlong } from './strides.ts'

export interface Matrix {
  /** The first element of a block. */
  readonly origin: Load
  /** Elements between neighbouring rows or columns. */
  readonly lineStride: number
  /** Elements between neighbouring points of depth. */
  readonly depthStride: number
  /** How the matrix is made, if it is packed. */
  readonly copy?: Copy
}

export interface Copy {
  readonly target: StoreTarget
  /** Where along the last axis there is less to compute. */
  readonly interior?: Run & { readonly target: StoreTarget }
  /** Loops, the first outermost. */
  readonly axes: readonly number[]
  /** Whether the last axis goes four points at a time. */
  readonly isVector: boolean
}

export interface MatrixAxes {
  readonly extents: readonly number[]
  readonly lines: BlockedAxes
  readonly depth: BlockedAxes
}

/** A load that moves evenly through the blocks. */
export function matrixInPlace(load: Load, { lines, depth }: MatrixAxes): Matrix {
  return {
    origin: originOf(load, lines, depth),
    lineStride: strideAlong(load.index, lines.inside.at(-1)!)!,
    depthStride: strideAlong(load.index, depth.inside.at(-1)!)!,
  }
}

/** Scratch memory for a block of an operand's lines; `packedDepth` are the axes of depth that are packed at once. */
export function packedMatrix(
  program: ProgramModule,
  { layout, value, along }: Packing & { readonly value: Scalar },
  { extents, lines, depth }: MatrixAxes,
  packedDepth: readonly number[],
): Matrix {
  const [slow, fast] = layout === 'lines' ? [lines.inside, packedDepth] : [packedDepth, lines.inside]
  const stride = strideOfRows(pointsOf(fast, extents))
  const index = addIndex(scaleIndex(rowMajor(slow, extents), stride), rowMajor(fast, extents))
  const buffer = program.scratchBuffer('float32', pointsOf(slow, extents) * stride)
  const axes = [...slow, ...fast]
  return {
    origin: originOf(loadScalar(buffer, index, 'float32') as Load, lines, depth),
    lineStride: layout === 'lines' ? stride : 1,
    depthStride: layout === 'lines' ? 1 : stride,
    copy:
      along === undefined
        ? { target: { buffer, index, value }, axes, isVector: false }
        : vectorCopy({ buffer, index, value: nestConditions(value, along) }, axes, along, extents),
  }
}

function vectorCopy(target: StoreTarget, axes: readonly number[], along: number, extents: readonly number[]): Copy {
  const interior = interiorOf(target.value, along, extents)
  return {
    target,
    axes: [...axes.filter((axis) => axis !== along), along],
    isVector: true,
    ...(interior === undefined ? {} : { interior: { ...interior, target: { ...target, value: interior.value } } }),
  }
}

/** The expressions that a copy evaluates. */
export function valuesOfCopy({ target, interior }: Copy): readonly Scalar[] {
  return interior === undefined ? [target.value] : [target.value, interior.target.value]
}

function originOf(load: Load, lines: BlockedAxes, depth: BlockedAxes): Load {
  const inside = new Set([...lines.inside, ...depth.inside])
  const terms = load.index.terms.filter(({ atom }) => atom.kind !== 'axis' || !inside.has(atom.axis))
  return { ...load, index: { ...load.index, terms } }
}

/** Counts the points of some axes, the last fastest. */
export function rowMajor(axes: readonly number[], extents: readonly number[]): Index {
  return axes.reduce((index, axis) => addIndex(scaleIndex(index, extents[axis]!), axisIndex(axis)), zeroIndex)
}

const cacheLine = 16

/** Elements from row to row: whole vectors, and such that rows below each other fall on all sets of a cache. */
export function strideOfRows(elements: number): number {
  const vectors = Math.ceil(elements / 4) * 4
  return vectors > cacheLine && vectors % (2 * cacheLine) === 0 ? vectors + cacheLine : vectors
}

/** Writes the loops over the last axes of a copy, inside those over the others. */
export function emitCopy(nest: BlockNest, copy: Copy, axes: readonly number[]): void {
  const { target, interior, isVector } = copy
  const { emitter } = nest
  const targets = interior === undefined ? [target] : [target, interior.target]
  const before = (): void => {
    emitter.setPosition(isVector ? { axis: axes.at(-1)!, offset: 0, lanes: 4, chunk: 0 } : undefined)
    hoist(emitter, { values: valuesOfCopy(copy), targets })
  }
  emitter.scopes.push()
  if (isVector)
    nest.vectorLoops(
      axes,
      before,
      (position, isInterior) => {
        emitter.setPosition(position)
        storeVectors(emitter, [isInterior ? interior!.target : target])
      },
      interior,
    )
  else nest.pointLoops(axes, before, () => storeScalars(emitter, [target]))
  emitter.setPosition(undefined)
  emitter.scopes.pop()
}
