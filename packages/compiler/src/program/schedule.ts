// The order in which groups run. A group that updates a state in place runs after all others that read its old value.

import type { Group } from '../fusion/group.ts'

/**
 * Orders groups so that each comes after those in `before(group)`, else as they stand.
 * @returns undefined if some group would have to wait for itself.
 */
export function orderGroups(
  groups: readonly Group[],
  before: (group: Group) => Iterable<Group>,
): readonly Group[] | undefined {
  const order: Group[] = []
  const state = new Map<Group, 'waiting' | 'done'>()
  for (const group of groups) if (!visit(group)) return undefined
  return order

  function visit(group: Group): boolean {
    const known = state.get(group)
    if (known !== undefined) return known === 'done'
    state.set(group, 'waiting')
    for (const other of before(group)) if (other !== group && !visit(other)) return false
    state.set(group, 'done')
    order.push(group)
    return true
  }
}
