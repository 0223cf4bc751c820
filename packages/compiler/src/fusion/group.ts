import type { Index } from '../kernel/index.ts'
import type { ContractionLoops } from '../lowering/rule.ts'

/** Named values that one kernel computes. */
export interface Group {
  /** The contraction or scatter that the kernel performs; none in a loop. */
  readonly core: number | undefined
  /** Of a contraction. */
  readonly loops: ContractionLoops | undefined
  /** Extents of the kernel's axes, those of a contraction's sum left out. */
  readonly extents: readonly number[]
  /** The core first if there is one, inputs before users. */
  readonly members: readonly Member[]
  /** Groups whose values this one reads. */
  readonly needs: ReadonlySet<Group>
}

export interface Member {
  readonly node: number
  /** Which element of the node is computed: for each of its axes an index over the kernel's axes and then those of `inner`. */
  readonly index: readonly Index[]
  /** Further axes that the value runs through at every point: those that a reduction sums over, or those of a row. */
  readonly inner: readonly number[]
}
