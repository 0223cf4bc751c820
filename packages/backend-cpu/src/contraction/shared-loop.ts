// The loop of a contraction that threads share: over batches, blocks of rows or blocks of columns.

import { chooseSplit, type Sharing, type SplittableLoop } from '../program/split.ts'
import type { BlockedContraction } from './blocked-contraction.ts'
import type { ContractionPlan } from './plan.ts'
import { packingCycles } from './plan-cost.ts'

const nanosecondsPerCycle = 0.25

/** Estimated. */
export function nanosecondsOf({ cycles }: ContractionPlan): number {
  return cycles * nanosecondsPerCycle
}

/** Undefined where the contraction is too small, or has one block. */
export function sharedLoop(
  plan: ContractionPlan,
  { extents, batch, rows, columns }: BlockedContraction,
  sharing: Sharing,
): SplittableLoop | undefined {
  const loops = (axes: readonly number[], repeatedNanoseconds = 0): SplittableLoop[] =>
    axes.map((axis) => ({ axis, rounds: extents[axis]!, repeatedNanoseconds }))
  // Every thread packs the rows for its columns.
  const { contraction, left } = plan
  const packed = [...contraction.batch, ...contraction.rows, ...contraction.depth].reduce(
    (size, axis) => size * contraction.extents[axis]!,
    packingCycles(left),
  )
  return chooseSplit(
    [...loops(batch), ...loops(rows.around), ...loops(columns.around, packed * nanosecondsPerCycle)],
    nanosecondsOf(plan),
    sharing,
  )
}
