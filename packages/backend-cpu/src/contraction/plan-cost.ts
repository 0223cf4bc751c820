// Estimated cycles of a contraction plan. Only their ratios matter.

import { nodesOf } from '@neurite/compiler/kernel'
import { pointsOf } from './blocks.ts'
import { type Contraction, valuesOf } from './normalize.ts'
import { operationsOf, storesVectors } from './operand-access.ts'
import type { ContractionPlan, Operand, OperandSource, SumsPlace } from './plan.ts'
import { strideAlong } from './strides.ts'
import { cacheLine, cyclesPerDepth, overTiles, type Product } from './tile.ts'

/** Points of a contraction by group of axes. */
export interface PointCounts {
  readonly batch: number
  readonly rows: number
  readonly columns: number
  readonly depth: number
}

export function countPoints({ batch, rows, columns, depth, extents }: Contraction): PointCounts {
  return {
    batch: pointsOf(batch, extents),
    rows: pointsOf(rows, extents),
    columns: pointsOf(columns, extents),
    depth: pointsOf(depth, extents),
  }
}

/** Dozens of plans are costed for every contraction: this allocates nothing. */
export function planCycles(
  { product, tile, rows, columns, depth, left, right, sums }: Omit<ContractionPlan, 'contraction' | 'cycles'>,
  points: PointCounts,
  perStore: StoreCycles,
): number {
  const isInner = product === 'inner'
  const misses = missesPerDepth(left, product, depth.length) + missesPerDepth(right, product, depth.length)
  const touching = isInner ? 0 : (cyclesPerLine * bytesPerStep(left, tile.rows)) / cacheLine
  const cyclesOfTile = (tileRows: number, tileColumns: number): number => {
    const vectors = tileRows * Math.ceil(tileColumns / 4)
    const reduction = isInner ? vectors * 6 : 0
    const partialSums = sums === 'memory' ? 2 * vectors : 0
    const stores = sums === 'registers' ? vectors * perStore.registers : 0
    const perDepth = cyclesPerDepth(product, tileRows, tileColumns) + misses + touching
    return points.depth * perDepth + depth.count * (12 + reduction + partialSums) + stores
  }
  const share = (points.rows / rows.length) * (points.columns / columns.length)
  const tiles = share * overTiles(tile, rows.length, columns.length, cyclesOfTile)
  const epilogue = sums === 'memory' ? points.rows * (points.columns / 4) * (3 + perStore.memory) : 0
  // The columns are packed for every block of rows.
  const packing =
    points.rows * points.depth * packingCycles(left) + rows.count * points.columns * points.depth * packingCycles(right)
  const spilling = spillCycles(left, (points.rows * points.depth) / rows.count) * rows.count
  const blocks = rows.count * columns.count * depth.count * 30
  return points.batch * (tiles + epilogue + packing + spilling + blocks)
}

/** Per element. */
export function packingCycles(operand: Operand): number {
  return operand.kind === 'packed' ? operand.cycles : 0
}

/** A block of rows is packed with its whole depth, so it goes through memory when it exceeds the cache. */
function spillCycles(left: Operand, size: number): number {
  return left.kind === 'packed' && size * 4 > sharedCacheBytes ? size : 0
}

/** What a step through the depth takes of the cache, of so many of an operand's lines. */
export function bytesPerStep(operand: OperandSource, lines: number): number {
  if (operand.kind === 'packed') return operand.layout === 'lines' ? 4 * lines : Math.max(cacheLine, 4 * lines)
  const { lineStride, depthStride } = operand.load
  const alongDepth = Math.min(cacheLine, 4 * Math.abs(depthStride))
  return lineStride === 1 ? Math.max(alongDepth, 4 * lines) : lines * alongDepth
}

/** Of a step from cache line to cache line, beyond its loads. */
const cyclesPerLine = 0.15

/** Cache misses of a step through the depth that jumps from line to line, when the lines of a block fall on few cache sets. */
export function missesPerDepth(operand: Operand, product: Product, length: number): number {
  if (operand.kind === 'packed' || product === 'inner') return 0
  const bytes = Math.abs(operand.load.depthStride) * 4
  if (bytes < cacheLine) return 0
  const stride = bytes % cacheLine === 0 ? bytes / cacheLine : 1
  if (length <= linesInCache(firstLevelSets, stride)) return 0
  return length <= linesInCache(secondLevelSets, stride) ? 3 : 8
}

/** How many cache lines `stride` lines apart a cache of so many sets holds. */
function linesInCache(sets: number, stride: number): number {
  return (cacheWays * sets) / Math.min(sets, greatestPowerOfTwo(stride))
}

const sharedCacheBytes = 4 * 1024 * 1024
const cacheWays = 8
const firstLevelSets = 64
const secondLevelSets = 1024

/** The largest power of two that divides a number. */
function greatestPowerOfTwo(value: number): number {
  return value & -value
}

/** What the stores of four sums cost, by where the sums are. */
export type StoreCycles = { readonly [P in SumsPlace]: number }

export function storeCycles({ stores, rows, columns }: Contraction): StoreCycles {
  const values = valuesOf(stores)
  const memory = stores.reduce((cycles, store) => {
    const operations = 2 + operationsOf(store.value)
    return cycles + (storesVectors(store, columns.at(-1)!) ? operations : 8 * operations)
  }, 0)
  // A tile goes from row to row before any is read on: what it takes from elsewhere comes too late.
  const streams = nodesOf(values).filter(
    (node) =>
      node.kind === 'load' && [rows, columns].every((axes) => axes.some((axis) => strideAlong(node.index, axis) !== 0)),
  )
  return { memory, registers: memory + cyclesPerStream * streams.length }
}

const cyclesPerStream = 2.5
