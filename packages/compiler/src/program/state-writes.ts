// Which variables a kernel may update in place: those whose old value nobody needs afterwards.

import { isReduction } from '../fusion/form-groups.ts'
import type { Group, Member } from '../fusion/group.ts'
import type { NamedValues } from '../fusion/named-values.ts'
import type { Graph } from '../graph/graph.ts'
import { sameIndex } from '../kernel/index.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import type { Bindings } from './binding.ts'
import { orderForMemory } from './order-for-memory.ts'
import { orderGroups } from './schedule.ts'

export interface StateWrites {
  /** The groups in an order in which every old value is read before it is overwritten. */
  readonly order: readonly Group[]
  /** For every assigned state whether the kernel that computes its new value writes it; the others are copied at the end. */
  readonly inPlace: ReadonlySet<number>
}

interface Write {
  readonly state: number
  readonly writer: Group
  /** Groups that read the old value. */
  readonly readers: readonly Group[]
}

/** @param groups without a cycle among their needs. */
export function findStateWrites(
  graph: Graph,
  values: NamedValues,
  groups: readonly Group[],
  bindings: Bindings,
): StateWrites {
  const candidates = candidateWrites(graph, values, groups, bindings)
  const whole = orderWith(groups, candidates)
  if (whole !== undefined) return finished(candidates, whole)

  // Some reader of an old value needs the new one of another state: keep what fits, first come, first served.
  const kept: Write[] = []
  let order = orderWith(groups, kept)!
  for (const candidate of candidates) {
    const longer = orderWith(groups, [...kept, candidate])
    if (longer === undefined) continue
    kept.push(candidate)
    order = longer
  }
  return finished(kept, order)

  function finished(writes: readonly Write[], valid: readonly Group[]): StateWrites {
    const before = waits(groups, writes)
    const order = orderForMemory(graph, values, valid, (group) => before.get(group)!)
    return { order, inPlace: statesOf(writes) }
  }
}

function statesOf(writes: readonly Write[]): ReadonlySet<number> {
  return new Set(writes.map(({ state }) => state))
}

function orderWith(groups: readonly Group[], writes: readonly Write[]): readonly Group[] | undefined {
  const before = waits(groups, writes)
  return orderGroups(groups, (group) => before.get(group)!)
}

/** For every group those that must run before it. */
function waits(groups: readonly Group[], writes: readonly Write[]): ReadonlyMap<Group, ReadonlySet<Group>> {
  const before = new Map<Group, Set<Group>>(groups.map((group) => [group, new Set(group.needs)]))
  for (const { writer, readers } of writes) for (const reader of readers) before.get(writer)!.add(reader)
  return before
}

function candidateWrites(
  graph: Graph,
  values: NamedValues,
  groups: readonly Group[],
  { inputs, outputCount, assigned }: Bindings,
): Write[] {
  const leaves = new Map<number, number>()
  let place = 0
  graph.nodes.forEach((node, id) => {
    if (node.primitive !== 'input') return
    const binding = inputs[place++]!
    if (binding.kind === 'state') leaves.set(binding.state, id)
  })
  const readersOf = findReaders(values, groups, new Set(leaves.values()))
  const homes = new Map(groups.flatMap((group) => group.members.map((member) => [member.node, { group, member }])))
  return assigned.flatMap((state, i): Write[] => {
    const { group: writer, member } = homes.get(graph.roots[outputCount + i]!)!
    const leaf = leaves.get(state)
    const readers = leaf === undefined ? [] : readersOf.get(leaf)!
    const kind = writer.core === undefined ? undefined : loweringRuleOf(graph.nodes[writer.core]!.primitive).kind
    if (kind === 'scatter' || kind === 'scan') return []
    if (readers.includes(writer) && !readsInPlace(graph, values, writer, leaf!, member)) return []
    return [{ state, writer, readers }]
  })
}

function findReaders(
  values: NamedValues,
  groups: readonly Group[],
  leaves: ReadonlySet<number>,
): ReadonlyMap<number, readonly Group[]> {
  const readers = new Map<number, Group[]>([...leaves].map((leaf) => [leaf, []]))
  for (const group of groups) {
    const found = new Set(group.members.flatMap(({ node }) => [...values.reads(node)]))
    for (const leaf of found) readers.get(leaf)?.push(group)
  }
  return readers
}

/** Whether a group reads the old value only at the very element that the point writes, and before it is written. */
function readsInPlace(graph: Graph, values: NamedValues, group: Group, leaf: number, target: Member): boolean {
  const stepsAside = ({ node }: Member): boolean => node === group.core || isReduction(graph, node)
  // Along rows, later steps compute again what earlier ones have read.
  if (group.members.some((member) => member.inner.length > 0 && !stepsAside(member))) return false
  // Elementwise members are computed inside those that read them, so these read the old value too.
  const readers = new Set([leaf])
  return group.members.every((member) => {
    const { node, index } = member
    if (![...values.reads(node)].some((read) => readers.has(read))) return true
    if (stepsAside(member)) return false
    readers.add(node)
    return (
      values.readsInPlace(node, leaf) &&
      index.length === target.index.length &&
      index.every((at, axis) => sameIndex(at, target.index[axis]!))
    )
  })
}
