// Estimated cycles of a contraction plan. Only their ratios matter.

import type { Blocks } from './blocks.ts'
import type { Contraction } from './normalize.ts'
import { operationsOf, storesVectors } from './operand-access.ts'
import type { ContractionPlan, Operand } from './plan.ts'
import { cyclesPerDepth, overTiles } from './tile.ts'

/** `perStore` is what the stores of four sums cost. */
export function planCycles(plan: Omit<ContractionPlan, 'cycles'>, perStore: number): number {
  const { contraction, product, tile, rows, columns, depth, left, right, sums } = plan
  const { extents } = contraction
  const sizeOf = (axes: readonly number[]): number => axes.reduce((size, axis) => size * extents[axis]!, 1)
  const [rowCount, columnCount, depthCount] = [contraction.rows, contraction.columns, contraction.depth].map(
    sizeOf,
  ) as [number, number, number]
  const misses = product === 'inner' ? 0 : missesPerDepth(left, depth.length) + missesPerDepth(right, depth.length)
  const block = { rows: averageLength(rows, rowCount), columns: averageLength(columns, columnCount) }
  const blockCycles = overTiles(tile, block, (shape) => {
    const vectors = shape.rows * Math.ceil(shape.columns / 4)
    const reduction = product === 'inner' ? vectors * 6 : 0
    const partialSums = sums === 'memory' ? 2 * vectors : 0
    const stores = sums === 'registers' ? vectors * perStore : 0
    return (
      depthCount * (cyclesPerDepth(product, shape) + misses) + depth.count * (12 + reduction + partialSums) + stores
    )
  })
  const tiles = rows.count * columns.count * blockCycles
  const epilogue = sums === 'memory' ? rowCount * (columnCount / 4) * (3 + perStore) : 0
  // The columns are packed for every block of rows.
  const packing =
    rowCount * depthCount * packingCycles(left) + rows.count * columnCount * depthCount * packingCycles(right)
  const spilling = spillCycles(left, (rowCount * depthCount) / rows.count) * rows.count
  const blocks = rows.count * columns.count * depth.count * 30
  return sizeOf(contraction.batch) * (tiles + epilogue + packing + spilling + blocks)
}

function averageLength({ count }: Blocks, total: number): number {
  return Math.ceil(total / count)
}

/** Per element. */
export function packingCycles(operand: Operand): number {
  return operand.kind === 'packed' ? operand.cycles : 0
}

/** A block of rows is packed with its whole depth, so it goes through memory when it exceeds the cache. */
function spillCycles(left: Operand, size: number): number {
  return left.kind === 'packed' && size * 4 > sharedCacheBytes ? size : 0
}

/** Cache misses of a step through the depth that jumps from line to line, when the lines of a block fall on few cache sets. */
function missesPerDepth(operand: Operand, length: number): number {
  if (operand.kind === 'packed') return 0
  const bytes = Math.abs(operand.load.depthStride) * 4
  if (bytes < cacheLine) return 0
  const stride = bytes % cacheLine === 0 ? bytes / cacheLine : 1
  const room = (sets: number): number => (cacheWays * sets) / Math.min(sets, greatestPowerOfTwo(stride))
  if (length <= room(firstLevelSets)) return 0
  return length <= room(secondLevelSets) ? 3 : 8
}

const cacheLine = 64
const sharedCacheBytes = 4 * 1024 * 1024
const cacheWays = 8
const firstLevelSets = 64
const secondLevelSets = 1024

/** The largest power of two that divides a number. */
function greatestPowerOfTwo(value: number): number {
  return value & -value
}

/** Of the stores of four sums. */
export function storeCycles({ stores, columns }: Contraction): number {
  return stores.reduce((cycles, store) => {
    const operations = 2 + operationsOf(store.value)
    return cycles + (storesVectors(store, columns.at(-1)!) ? operations : 8 * operations)
  }, 0)
}
