// Estimated cycles of a contraction plan. The constants were fitted on Zen 3; only their ratios matter.

import type { Store } from '@neurite/compiler/kernel'
import { conditionsOf, operationsOf, vectorAccess } from './operand-access.ts'
import type { ContractionPlan, Operand } from './plan.ts'
import { strideAlong } from './strides.ts'
import { cyclesPerDepth, overTiles, type TileShape } from './tile.ts'

export function planCycles(plan: Omit<ContractionPlan, 'cycles'>): number {
  const { contraction, product, tile, rows, columns, depth, left, right } = plan
  const { extents } = contraction
  const sizeOf = (axes: readonly number[]): number => axes.reduce((size, axis) => size * extents[axis]!, 1)
  const repeats = sizeOf([...contraction.batch, ...rows.outer, ...columns.outer])
  const depthSize = sizeOf(contraction.depth)
  const missCycles =
    product === 'inner' ? 0 : missCyclesPerDepth(left, depth.length) + missCyclesPerDepth(right, depth.length)
  const lanes = { rows: extents[rows.lane]!, columns: extents[columns.lane]! }
  const tiles = overTiles(tile, lanes, (shape) => {
    const reduction = product === 'inner' ? shape.rows * 5 : 0
    const partialSums = depth.count > 1 ? shape.rows * Math.ceil(shape.columns / 4) : 0
    const block = 8 + reduction + partialSums
    return depthSize * (cyclesPerDepth(product, shape) + missCycles) + depth.count * block + epilogueCycles(plan, shape)
  })
  const batch = sizeOf(contraction.batch)
  const leftSize = sizeOf(contraction.rows) * depthSize
  const leftPacking = leftSize * (packingCycles(left, extents) + spillCycles(left, leftSize))
  const rightPacking = sizeOf(contraction.columns) * depthSize * packingCycles(right, extents)
  return repeats * tiles + batch * (leftPacking + rightPacking)
}

/** Per element. */
function packingCycles(operand: Operand, extents: readonly number[]): number {
  if (operand.kind === 'inPlace') return 0
  const { value, along, vectors } = operand
  const operations = operationsOf(value)
  const guards = conditionsOf(value).length
  const single = 4 + operations + 2 * guards
  if (!vectors) return single
  const extent = extents[along]!
  const wholeVectors = (extent - (extent % 4)) / extent
  const vector = (vectorAccess(value, along) === 'contiguous' ? 2.5 : 5) + operations + guards / 2
  return (wholeVectors * vector) / 4 + (1 - wholeVectors) * single
}

/** Per element: the packed left operand is kept whole, so it goes through memory when it exceeds the cache. */
function spillCycles(left: Operand, size: number): number {
  return left.kind === 'packed' && size * 4 > sharedCacheBytes ? 4 : 0
}

/** Cache misses of a step through the depth that jumps from line to line, when the lines of a block fall on few cache sets. */
function missCyclesPerDepth(operand: Operand, length: number): number {
  if (operand.kind === 'packed') return 0
  const bytes = Math.abs(operand.load.depthStride) * 4
  if (bytes < cacheLine) return 0
  const stride = bytes % cacheLine === 0 ? bytes / cacheLine : 1
  const room = (sets: number): number => (cacheWays * sets) / Math.min(sets, greatestPowerOfTwo(stride))
  if (length <= room(firstLevelSets)) return 0
  return length <= room(secondLevelSets) ? 0.5 : 4
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

function epilogueCycles({ contraction, columns }: Omit<ContractionPlan, 'cycles'>, shape: TileShape): number {
  const vectors = shape.rows * Math.ceil(shape.columns / 4)
  return contraction.stores.reduce((cycles, store) => {
    const operations = 2 + operationsOf(store.value)
    return cycles + operations * (storesVectors(store, columns.lane) ? vectors : 2 * shape.rows * shape.columns)
  }, 0)
}

/** Whether neighbours along the axis can be stored as one vector. */
export function storesVectors(store: Store, axis: number): boolean {
  return strideAlong(store.index, axis) === 1 && vectorAccess(store.value, axis) !== 'none'
}
