// The stores of a contraction: of the sums in a tile's registers, or of all sums of a block in scratch memory.

import {
  addIndex,
  axisIndex,
  loadScalar,
  type Scalar,
  type Store,
  scaleIndex,
  zeroIndex,
} from '@neurite/compiler/kernel'
import { hoist, type Work } from '../expression/hoist.ts'
import { storeScalars, storeVectors } from '../expression/store-emission.ts'
import { rangeLoop } from '../loop/counted-loop.ts'
import type { ProgramModule } from '../program/program-module.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import type { BlockNest } from './block-nest.ts'
import type { BlockedContraction } from './blocked-contraction.ts'
import { rowMajor, strideOfRows } from './matrix.ts'
import type { TileSums } from './micro-kernel.ts'
import { valuesOf } from './normalize.ts'
import { haveLanes, operationsOf, storesVectors } from './operand-access.ts'
import { substituteIndex, substituteScalar } from './substitute-axes.ts'
import type { FinishedTile } from './tiles.ts'

/** Stores along one row axis and one column axis, which count the places inside a block. */
export interface TileStores {
  readonly stores: readonly Store[]
  readonly row: number
  readonly column: number
}

/** Rewrites the stores for tiles; every index in them moves evenly inside blocks. New axes are appended to the extents. */
export function tileStores({ rows, columns, extents, stores }: BlockedContraction): TileStores {
  const row = extents.push(rows.length) - 1
  const column = extents.push(columns.length) - 1
  // The last axis inside counts the places, the others stay at 0: together they are one axis.
  const places = new Map([
    [rows.inside.at(-1), row],
    [columns.inside.at(-1), column],
  ])
  const inside = new Set([...rows.inside, ...columns.inside])
  const replacement = (axis: number) => {
    if (!inside.has(axis)) return axisIndex(axis)
    const place = places.get(axis)
    return place === undefined ? zeroIndex : axisIndex(place)
  }
  return { stores: substituteStores(stores, { replacement, extents }), row, column }
}

/** From so many operations on, what is stored is written once, in a loop over the tile's rows: all rows side by side run out of registers. */
const dearStore = 30

/** Writes the stores of a tile. */
export function storeTile(
  { emitter }: BlockNest,
  { stores, row, column }: TileStores,
  { sums, columns, start }: FinishedTile,
): void {
  const { code } = emitter
  emitter.scopes.push()
  const work: Work = { values: valuesOf(stores), targets: stores }
  const positions = sums[0]!.map((_, chunk) => {
    return { axis: column, offset: 4 * chunk, lanes: Math.min(4, columns - 4 * chunk), chunk }
  })
  emitter.bind(column, start.column)
  for (const position of positions) {
    emitter.setPosition(position)
    hoist(emitter, work)
  }
  const storeRow = (place: Local, vectors: readonly Local[]): void => {
    emitter.bind(row, place)
    emitter.setPosition(positions[0])
    hoist(emitter, work, { onlyUniform: true })
    emitter.setResult(0, { vectors })
    for (const position of positions) {
      emitter.setPosition(position)
      emitter.scopes.push()
      storeVectors(emitter, stores)
      emitter.scopes.pop()
    }
    emitter.unbind(row)
  }
  const pushRow = (offset: number): void => {
    code.get(start.row)
    code.i32(offset)
    code.emit(opcode.i32_add)
  }
  if (sums.length > 1 && work.values.some((value) => operationsOf(value) >= dearStore)) {
    pushRow(sums.length)
    const end = code.keep('i32')
    rangeLoop(code, { start: start.row, end }, (place) => {
      storeRow(place, sums[0]!)
      moveUp(code, sums)
    })
    code.release(end)
  } else {
    const place = code.local('i32')
    sums.forEach((vectors, offset) => {
      pushRow(offset)
      code.set(place)
      storeRow(place, vectors)
    })
    code.release(place)
  }
  emitter.setPosition(undefined)
  emitter.unbind(column)
  emitter.scopes.pop()
}

/** The sums of every row but the first take the place of those before. */
function moveUp(code: FunctionWriter, sums: TileSums): void {
  for (let line = 1; line < sums.length; line++)
    for (const [place, vector] of sums[line]!.entries()) {
      code.get(vector)
      code.set(sums[line - 1]![place]!)
    }
}

/** Sums of a block of rows and a block of columns in scratch memory, and the stores that read them there. */
export interface SumsInMemory {
  readonly buffer: number
  /** Elements from row to row. */
  readonly stride: number
  readonly elements: number
  readonly stores: readonly Store[]
  /** Loops over what is stored, the first outermost. */
  readonly axes: readonly number[]
  /** Whether the last axis goes four points at a time. */
  readonly isVector: boolean
}

export function sumsInMemory(
  program: ProgramModule,
  { rows, columns, extents, stores: unplaced }: BlockedContraction,
): SumsInMemory {
  const stride = strideOfRows(columns.length)
  const elements = rows.length * stride
  const buffer = program.scratchBuffer('float32', elements)
  const index = addIndex(scaleIndex(rowMajor(rows.inside, extents), stride), rowMajor(columns.inside, extents))
  const result = loadScalar(buffer, index, 'float32')
  const stores = substituteStores(unplaced, { replacement: axisIndex, extents, result })
  const axes = [...rows.inside, ...columns.inside]
  const isVector = haveLanes(valuesOf(stores))
  const vector = vectorAxis(stores, columns.inside)
  return {
    buffer,
    stride,
    elements,
    stores,
    axes: isVector ? [...axes.filter((axis) => axis !== vector), vector] : axes,
    isVector,
  }
}

/** Writes loops over a block of rows and a block of columns that store what becomes of the sums. */
export function storeFromMemory(nest: BlockNest, { stores, isVector }: SumsInMemory, axes: readonly number[]): void {
  const { emitter } = nest
  const work: Work = { values: valuesOf(stores), targets: stores }
  const before = (): void => {
    emitter.setPosition(isVector ? { axis: axes.at(-1)!, offset: 0, lanes: 4, chunk: 0 } : undefined)
    hoist(emitter, work)
  }
  if (!isVector) nest.pointLoops(axes, before, () => storeScalars(emitter, stores))
  else
    nest.vectorLoops(axes, before, (position) => {
      emitter.setPosition(position)
      storeVectors(emitter, stores)
    })
  emitter.setPosition(undefined)
}

function vectorAxis(stores: readonly Store[], axes: readonly number[]): number {
  return axes.findLast((axis) => stores.every((store) => storesVectors(store, axis))) ?? axes.at(-1)!
}

function substituteStores(
  stores: readonly Store[],
  substitution: Parameters<typeof substituteScalar>[1],
): readonly Store[] {
  const done = new Map<Scalar, Scalar>()
  return stores.map((store) => ({
    ...store,
    index: substituteIndex(store.index, substitution),
    value: substituteScalar(store.value, substitution, done),
  }))
}
