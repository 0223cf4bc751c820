import type { Group } from '../fusion/group.ts'
import type { NamedValues } from '../fusion/named-values.ts'

// Computing this much again at every place of a row costs more than a store and a load nearby.
const worthReadingBack = 8

/** The named values that need a buffer although nobody outside asked for them. */
export function storedValues(
  values: NamedValues,
  groups: readonly Group[],
): {
  /** Read by another kernel. */
  readonly stored: ReadonlySet<number>
  /** Values along rows that are dear, and read by later steps of their own kernel. */
  readonly readBack: ReadonlySet<number>
} {
  const stored = new Set<number>()
  const readBack = new Set<number>()
  for (const { members } of groups) {
    const own = new Map(members.map((member) => [member.node, member]))
    for (const { node } of members)
      for (const read of values.reads(node)) {
        if (!values.isNamed(read)) continue
        const member = own.get(read)
        if (member === undefined) stored.add(read)
        else if (member.inner.length > 0 && values.costOf(read) >= worthReadingBack) readBack.add(read)
      }
  }
  return { stored, readBack }
}
