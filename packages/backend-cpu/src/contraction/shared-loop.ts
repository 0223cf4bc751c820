// How threads share a contraction: over batches, blocks of rows or blocks of columns.

import {
  chooseSplit,
  isWorthSplitting,
  nanosecondsOfThreads,
  type Sharing,
  type SplittableLoop,
} from '../program/split.ts'
import type { BlockedContraction } from './blocked-contraction.ts'
import { type Blocks, inPieces, pointsOf } from './blocks.ts'
import type { ContractionPlan } from './plan.ts'
import { countPoints, packingCycles, planCycles, storeCycles } from './plan-cost.ts'

const nanosecondsPerCycle = 0.25

/** Estimated. */
export function nanosecondsOf({ cycles }: ContractionPlan): number {
  return cycles * nanosecondsPerCycle
}

/** Into how many blocks rows or columns may be cut for threads. */
const pieces = [2, 4, 8, 16]
/** Narrower blocks of columns also mean that the rows pass through the cache more often. */
const sides = [
  { side: 'rows', weight: 1 },
  { side: 'columns', weight: 1.05 },
] as const

/**
 * The plan with more blocks of rows or of columns where threads share it better so, although more is packed again: one thread takes
 * blocks that are as large as its cache allows. Every sum stays the same sum of the same blocks of depth.
 */
export function cutForThreads(plan: ContractionPlan, sharing: Sharing): ContractionPlan {
  if (sharing.threads === 1 || !isWorthSplitting(nanosecondsOf(plan), sharing)) return plan
  let [best, least] = [plan, nanosecondsShared(plan, sharing)]
  for (const { side, weight } of sides)
    for (const count of pieces) {
      const cut = inMoreBlocks(plan, side, count)
      const nanoseconds = weight * nanosecondsShared(cut, sharing)
      if (nanoseconds < least) [best, least] = [cut, nanoseconds]
    }
  return best
}

function inMoreBlocks(plan: ContractionPlan, side: 'rows' | 'columns', pieces: number): ContractionPlan {
  const { contraction, tile } = plan
  const blocks = inPieces(plan[side], contraction.extents, { pieces, multiple: tile[side] })
  if (blocks.count <= plan[side].count) return plan
  const cut = { ...plan, [side]: blocks }
  return { ...cut, cycles: planCycles(cut, countPoints(contraction), storeCycles(contraction)) }
}

function nanosecondsShared(plan: ContractionPlan, sharing: Sharing): number {
  const { contraction, rows, columns } = plan
  const { extents, batch } = contraction
  const loops = [
    ...batch.map((axis) => ({ rounds: extents[axis]! })),
    ...roundsOf(rows, extents).map((rounds) => ({ rounds })),
    ...roundsOf(columns, extents).map((rounds) => ({ rounds, repeatedNanoseconds: nanosecondsOfRows(plan) })),
  ]
  const nanoseconds = nanosecondsOf(plan)
  return Math.min(...loops.map((loop) => nanosecondsOfThreads(loop, nanoseconds, sharing)))
}

/** Of each loop over blocks. */
function roundsOf({ outer, blocked, step }: Blocks, extents: readonly number[]): number[] {
  return [...outer.map((axis) => extents[axis]!), Math.ceil(extents[blocked]! / step)]
}

/** What packing the rows takes, which every thread does for its columns. */
function nanosecondsOfRows({ contraction, left }: ContractionPlan): number {
  const { batch, rows, depth, extents } = contraction
  return pointsOf([...batch, ...rows, ...depth], extents) * packingCycles(left) * nanosecondsPerCycle
}

/** The loop that threads share; undefined where the contraction is too small, or has one block. */
export function sharedLoop(
  plan: ContractionPlan,
  { extents, batch, rows, columns }: BlockedContraction,
  sharing: Sharing,
): SplittableLoop | undefined {
  const loops = (axes: readonly number[], repeatedNanoseconds = 0): SplittableLoop[] =>
    axes.map((axis) => ({ axis, rounds: extents[axis]!, repeatedNanoseconds }))
  return chooseSplit(
    [...loops(batch), ...loops(rows.around), ...loops(columns.around, nanosecondsOfRows(plan))],
    nanosecondsOf(plan),
    sharing,
  )
}
