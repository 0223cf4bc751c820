import type { Index } from '../kernel/index.ts'
import type { ContractionLoops } from '../lowering/rule.ts'

/** Named values that one kernel computes, all at the same points. */
export interface Group {
  /** The reduction, contraction or scatter that the kernel performs; none in a purely elementwise kernel. */
  readonly core: number | undefined
  /** Of a contraction. */
  readonly loops: ContractionLoops | undefined
  /** Extents of the kernel's axes, those of a core's sum left out. */
  readonly extents: readonly number[]
  /** The core first if there is one; then elementwise nodes, inputs before users. */
  readonly members: readonly Member[]
  /** Groups whose values this one reads. */
  readonly needs: ReadonlySet<Group>
}

export interface Member {
  readonly node: number
  /** Which element of the node a point of the kernel computes: one index over the kernel's axes per axis of the node. */
  readonly index: readonly Index[]
}
