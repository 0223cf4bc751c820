// Fusion: named values that are computed at the same points join one kernel, as long as no kernel has to wait for itself.
//
// A loop's points may have rows: reductions over further axes, and values along them, as in a softmax. What is computed at the
// points (a maximum, a sum) is known when the row's next value needs it.

import { sameShape, sizeOf } from '@neurite/tensor'
import { type Graph, type GraphNode, usersOf } from '../graph/graph.ts'
import { type Index, sameIndex } from '../kernel/index.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import { axisIndices } from '../lowering/index-arithmetic.ts'
import type { ContractionLoops } from '../lowering/rule.ts'
import type { Group, Member } from './group.ts'
import { inheritedPlace } from './inherited-place.ts'
import type { NamedValues } from './named-values.ts'
import { readsAt } from './reads-at.ts'

export interface GrowingGroup {
  readonly core: number | undefined
  readonly loops: ContractionLoops | undefined
  extents: readonly number[]
  members: readonly Member[]
  readonly needs: Set<GrowingGroup>
}

// A single long row would leave nothing to share out among threads.
const longestOnlyRow = 16384

// Backends may know no more than 31 steps of a kernel, and a value may be stored more than once.
const mostSteps = 12

/** Every named node is a member of exactly one group. The groups' needs form no cycle; their order is not meaningful. */
export function formGroups(graph: Graph, values: NamedValues): readonly Group[] {
  const groups = new Set<GrowingGroup>()
  const groupOf = new Map<number, GrowingGroup>()
  const users = usersOf(graph)

  graph.nodes.forEach((_, id) => {
    if (!values.isNamed(id)) return
    const read = [...values.reads(id)].filter((other) => values.isNamed(other))
    const readFrom = new Set(read.map((other) => groupOf.get(other)!))
    const group = sameLoop(id) ?? join(id, readFrom) ?? joinSibling(id, readFrom) ?? start(id)
    for (const other of read) if (groupOf.get(other) !== group) group.needs.add(groupOf.get(other)!)
    groupOf.set(id, group)
  })
  return [...groups]

  function start(id: number): GrowingGroup {
    const group = startGroup(graph, id)
    groups.add(group)
    return group
  }

  /** Adds a node to the groups it can share points with, merging them; undefined if there is none. */
  function join(id: number, candidates: ReadonlySet<GrowingGroup>): GrowingGroup | undefined {
    let home: GrowingGroup | undefined
    // Groups with a core first: an epilogue saves a whole pass over memory.
    for (const candidate of [...candidates].sort(
      (a, b) => Number(b.core !== undefined) - Number(a.core !== undefined),
    )) {
      const others = [...candidates].filter((other) => other !== candidate && other !== home)
      if (others.some((other) => reaches(other, candidate))) continue
      if (home === undefined) home = welcome(candidate, id)
      else mergeIfPossible(home, candidate)
    }
    return home
  }

  /** Adds a reduction to the group of another one of the same values: one pass over them finds both, such as the largest and its place. */
  function joinSibling(id: number, readFrom: ReadonlySet<GrowingGroup>): GrowingGroup | undefined {
    if (!isReduction(graph, id)) return undefined
    const [input] = graph.nodes[id]!.inputs
    const siblings = users[input!]!.filter((user) => user < id && isReduction(graph, user))
    for (const candidate of new Set(siblings.map((user) => groupOf.get(user)!))) {
      if ([...readFrom].some((other) => other !== candidate && reaches(other, candidate))) continue
      const home = welcome(candidate, id)
      if (home !== undefined) return home
    }
    return undefined
  }

  /** The group with the node as its newest member, or undefined if it has no place there. */
  function welcome(group: GrowingGroup, id: number): GrowingGroup | undefined {
    const kind = loweringRuleOf(graph.nodes[id]!.primitive).kind
    if (kind === 'pointwise' ? standsAlone(group) : kind !== 'reduction' || group.core !== undefined) return undefined
    for (const { extents, members, member } of kind === 'pointwise'
      ? placesOf(group, id)
      : placesOfReduction(group, id)) {
      if (stepsIn([...members, member]) > mostSteps || !readsInStep(member, members, extents)) continue
      group.extents = extents
      group.members = [...members, member]
      return group
    }
    return undefined
  }

  function placesOf(group: GrowingGroup, id: number): Place[] {
    const { extents, members } = group
    const inherited = inheritedPlace(graph, values, group, id)
    const rows = new Map(members.filter(({ inner }) => inner.length > 0).map(({ inner }) => [inner.join(), inner]))
    const alongRows = [...rows.values()].filter((inner) => sameShape([...extents, ...inner], graph.nodes[id]!.shape))
    return [
      ...(inherited === undefined ? [] : [{ ...inherited, node: id }]),
      ...alongRows.map((inner) => ({ node: id, index: axisIndices([...extents, ...inner]), inner })),
    ].map((member) => ({ extents, members, member }))
  }

  function placesOfReduction(group: GrowingGroup, id: number): Place[] {
    const node = graph.nodes[id]!
    const inner = reducedExtents(graph, node)
    const member = { node: id, index: axisIndices(node.shape), inner }
    if (!isTrailing(graph, node)) return []
    if (sameShape(group.extents, node.shape)) return [{ extents: node.shape, members: group.members, member }]
    const members =
      sizeOf(node.shape) > 1 || sizeOf(inner) <= longestOnlyRow ? asRows(group, node.shape, inner) : undefined
    return members === undefined ? [] : [{ extents: node.shape, members, member }]
  }

  /** Merges another group that the newest member of `home` reads, if their points agree. */
  function mergeIfPossible(home: GrowingGroup, other: GrowingGroup): void {
    if (other.core !== undefined || hasMovedMembers(home) || hasMovedMembers(other)) return
    // The epilogue of a contraction is elementwise.
    if (home.core !== undefined && other.members.some(({ inner }) => inner.length > 0)) return
    // One may read the other directly, at the same points; waiting for each other through a third group is a cycle.
    if (reachesThroughOthers(home, other) || reachesThroughOthers(other, home)) return
    const moved = sameShape(home.extents, other.extents) ? other.members : rowsLike(home, other)
    if (moved === undefined) return
    const core = home.members.filter(({ node }) => node === home.core)
    const members = [...home.members, ...moved].filter(({ node }) => node !== home.core).sort((a, b) => a.node - b.node)
    if (stepsIn(members) > mostSteps) return
    if (core.some(({ node }) => moved.some((member) => values.reads(node).has(member.node)))) return
    if (!members.every((member) => readsInStep(member, members, home.extents))) return
    home.members = [...core, ...members]
    for (const { node } of moved) groupOf.set(node, home)
    for (const need of other.needs) home.needs.add(need)
    groups.delete(other)
    for (const group of groups) if (group.needs.delete(other)) group.needs.add(home)
    home.needs.delete(home)
  }

  /** The members of a group as values along the rows that `home` has. */
  function rowsLike(home: GrowingGroup, other: GrowingGroup): readonly Member[] | undefined {
    const row = home.members.find(({ inner }) => sameShape([...home.extents, ...inner], other.extents))
    return row === undefined ? undefined : asRows(other, home.extents, row.inner)
  }

  /** Whether a member reads others only where they are computed: at the same point, and at the same place of the row. */
  function readsInStep(member: Member, members: readonly Member[], extents: readonly number[]): boolean {
    const own = members.filter(({ node }) => values.reads(member.node).has(node))
    if (own.length === 0) return true
    const reads = readsAt(graph, values, member, extents)
    return own.every(({ node, index, inner }) => {
      if (inner.length > 0 && !isReduction(graph, node) && inner.join() !== member.inner.join()) return false
      return (reads.get(node) ?? []).every((at) => at.every((axis, i) => sameIndex(axis, index[i]!)))
    })
  }

  /** Reductions, and values along rows. */
  function stepsIn(members: readonly Member[]): number {
    return members.filter(({ node, inner }) => inner.length > 0 || isReduction(graph, node)).length
  }

  function hasMovedMembers({ extents, members }: GrowingGroup): boolean {
    return members.some(({ node, index, inner }) => {
      const own = isReduction(graph, node) ? extents : [...extents, ...inner]
      const identity = axisIndices(own)
      return !sameShape(graph.nodes[node]!.shape, own) || !index.every((at, axis) => sameIndex(at, identity[axis]!))
    })
  }

  /** Whether a group has no points at which others could be computed. */
  function standsAlone({ core }: GrowingGroup): boolean {
    const kind = core === undefined ? undefined : loweringRuleOf(graph.nodes[core]!.primitive).kind
    return kind === 'scatter' || kind === 'scan'
  }

  /** The group of another result of the same loop. */
  function sameLoop(id: number): GrowingGroup | undefined {
    const node = graph.nodes[id]!
    if (node.primitive !== 'scan') return undefined
    const { body } = (node as GraphNode<'scan'>).attributes
    const group = [...groups].find(({ core }) => {
      if (core === undefined || graph.nodes[core]!.primitive !== 'scan') return false
      const other = graph.nodes[core] as GraphNode<'scan'>
      return other.attributes.body === body && other.inputs.every((input, i) => input === node.inputs[i])
    })
    if (group !== undefined) group.members = [...group.members, { node: id, index: [], inner: [] }]
    return group
  }

  /** The members of an elementwise group over [...extents, ...inner] as values along rows. */
  function asRows(
    group: GrowingGroup,
    extents: readonly number[],
    inner: readonly number[],
  ): readonly Member[] | undefined {
    const isElementwise = group.members.every(({ node, inner: own }) => own.length === 0 && !isReduction(graph, node))
    if (group.core !== undefined || !isElementwise) return undefined
    if (!sameShape(group.extents, [...extents, ...inner]) || hasMovedMembers(group)) return undefined
    // The axes keep their numbers: the last ones are the row's now.
    return group.members.map((member) => ({ ...member, inner }))
  }
}

/** A member with the group as it would be with it. */
interface Place {
  readonly extents: readonly number[]
  readonly members: readonly Member[]
  readonly member: Member
}

/** Whether `from` needs a value of `to`, directly or through others. */
function reaches(from: GrowingGroup, to: GrowingGroup): boolean {
  const seen = new Set<GrowingGroup>()
  const stack = [from]
  while (stack.length > 0) {
    const group = stack.pop()!
    if (group === to) return true
    if (seen.has(group)) continue
    seen.add(group)
    stack.push(...group.needs)
  }
  return false
}

function reachesThroughOthers(from: GrowingGroup, to: GrowingGroup): boolean {
  return [...from.needs].some((need) => need !== to && reaches(need, to))
}

export function isReduction(graph: Graph, node: number): boolean {
  return loweringRuleOf(graph.nodes[node]!.primitive).kind === 'reduction'
}

function reducedExtents(graph: Graph, node: GraphNode): readonly number[] {
  const rule = loweringRuleOf(node.primitive)
  return rule.kind === 'reduction' ? rule.extents(node, graph.nodes[node.inputs[0]!]!.shape) : []
}

/** Whether a reduction runs over the last axes of its input, so that its points are rows of it. */
function isTrailing(graph: Graph, node: GraphNode): boolean {
  return sameShape([...node.shape, ...reducedExtents(graph, node)], graph.nodes[node.inputs[0]!]!.shape)
}

function startGroup(graph: Graph, id: number): GrowingGroup {
  const node = graph.nodes[id]!
  const rule = loweringRuleOf(node.primitive)
  const needs = new Set<GrowingGroup>()
  if (rule.kind === 'contraction') {
    const [left, right] = node.inputs.map((input) => graph.nodes[input]!.shape)
    const loops = rule.loops(node, left!, right!)
    const extents = [...loops.batch, ...loops.rows, ...loops.columns]
    const axes = axisIndices(extents)
    const index: readonly Index[] = loops.resultAxes.map((axis) => axes[axis]!)
    return { core: id, loops, extents, members: [{ node: id, index, inner: [] }], needs }
  }
  const core = rule.kind === 'scatter' || rule.kind === 'scan' ? id : undefined
  const members = [{ node: id, index: axisIndices(node.shape), inner: reducedExtents(graph, node) }]
  return { core, loops: undefined, extents: node.shape, members, needs }
}
