// A planned contraction with its blocks cut: every block is a loop of its own, and what lies inside is affine in block and place.

import { axisIndex, type Scalar, type Store } from '@neurite/compiler/kernel'
import { type AxisCut, type BlockedAxes, cutBlocks } from './blocks.ts'
import { substituteAxes } from './normalize.ts'
import type { ContractionPlan } from './plan.ts'

export interface BlockedContraction {
  /** By axis. Of axes inside a block, in a full block. */
  readonly extents: number[]
  readonly batch: readonly number[]
  readonly rows: BlockedAxes
  readonly columns: BlockedAxes
  readonly depth: BlockedAxes
  readonly left: Scalar
  readonly right: Scalar
  readonly stores: readonly Store[]
}

export function cutContraction({ contraction, ...plan }: ContractionPlan): BlockedContraction {
  const extents = [...contraction.extents]
  const [rows, columns, depth] = [plan.rows, plan.columns, plan.depth].map((blocks) => cutBlocks(blocks, extents))
  const cuts = new Map<number, AxisCut>()
  for (const { cut } of [rows!, columns!, depth!]) if (cut !== undefined) cuts.set(cut.axis, cut)
  const { batch, left, right, stores } = substituteAxes(
    contraction,
    extents,
    (axis) => cuts.get(axis)?.replacement ?? axisIndex(axis),
  )
  return { extents, batch, rows: rows!.axes, columns: columns!.axes, depth: depth!.axes, left, right, stores }
}
