// Fusion: named values that are computed at the same points join one kernel, as long as no kernel has to wait for itself.

import { sameShape } from '@neurite/tensor'
import type { Graph, GraphNode } from '../graph/graph.ts'
import { type Index, sameIndex } from '../kernel/index.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import { axisIndices, reshapeIndex } from '../lowering/index-arithmetic.ts'
import type { ContractionLoops } from '../lowering/rule.ts'
import type { Group, Member } from './group.ts'
import { movesElements, type NamedValues } from './named-values.ts'

interface GrowingGroup {
  readonly core: number | undefined
  readonly loops: ContractionLoops | undefined
  readonly extents: readonly number[]
  readonly members: Member[]
  /** Groups whose values this one reads. */
  readonly needs: Set<GrowingGroup>
}

/** Every named node is a member of exactly one group. The groups' needs form no cycle; their order is not meaningful. */
export function formGroups(graph: Graph, values: NamedValues): readonly Group[] {
  const groups = new Set<GrowingGroup>()
  const groupOf = new Map<number, GrowingGroup>()

  graph.nodes.forEach((node, id) => {
    if (!values.isNamed(id)) return
    const read = namedReads(id)
    const isPointwise = loweringRuleOf(node.primitive).kind === 'pointwise'
    const joined = isPointwise ? join(id, read) : undefined
    const group = joined ?? start(id)
    for (const other of read) if (groupOf.get(other) !== group) group.needs.add(groupOf.get(other)!)
    groupOf.set(id, group)
  })
  return [...groups]

  function start(id: number): GrowingGroup {
    const group = startGroup(graph, id)
    groups.add(group)
    return group
  }

  /** Adds an elementwise node to the groups it can share points with, merging them; undefined if there is none. */
  function join(id: number, read: ReadonlySet<number>): GrowingGroup | undefined {
    const candidates = new Set([...read].map((other) => groupOf.get(other)!))
    let home: GrowingGroup | undefined
    // Groups with a core first: an epilogue saves a whole pass over memory.
    for (const candidate of [...candidates].sort(
      (a, b) => Number(b.core !== undefined) - Number(a.core !== undefined),
    )) {
      if (candidate.core !== undefined && loweringRuleOf(graph.nodes[candidate.core]!.primitive).kind === 'scatter')
        continue
      const index = placeIn(candidate, id)
      if (index === undefined || index === 'elsewhere') continue
      const others = [...candidates].filter((other) => other !== candidate && other !== home)
      if (others.some((other) => reaches(other, candidate))) continue
      if (home === undefined) {
        home = candidate
        home.members.push({ node: id, index })
      } else if (canMerge(home, candidate)) merge(home, candidate)
    }
    return home
  }

  function canMerge(home: GrowingGroup, other: GrowingGroup): boolean {
    if (other.core !== undefined || !sameShape(home.extents, other.extents)) return false
    // One may read the other directly, at the same points; waiting for each other through a third group is a cycle.
    if (reachesThroughOthers(home, other) || reachesThroughOthers(other, home)) return false
    if (home.core !== undefined && coreReads(home).some((node) => groupOf.get(node) === other)) return false
    const identity = axisIndices(home.extents)
    return (
      [...home.members, ...other.members].every(
        ({ node, index }) =>
          sameShape(graph.nodes[node]!.shape, home.extents) &&
          index.every((at, axis) => sameIndex(at, identity[axis]!)),
      ) && readsAtSamePoints(home, other)
    )
  }

  /** Whether members of the two groups read each other only at the point they compute. */
  function readsAtSamePoints(a: GrowingGroup, b: GrowingGroup): boolean {
    const ofEither = [...a.members, ...b.members]
    return ofEither.every(
      ({ node }) => node === a.core || ofEither.every(({ node: other }) => values.readsInPlace(node, other)),
    )
  }

  function merge(home: GrowingGroup, other: GrowingGroup): void {
    home.members.push(...other.members)
    home.members.sort((a, b) => (a.node === home.core ? -1 : b.node === home.core ? 1 : a.node - b.node))
    for (const { node } of other.members) groupOf.set(node, home)
    for (const need of other.needs) home.needs.add(need)
    groups.delete(other)
    for (const group of groups) if (group.needs.delete(other)) group.needs.add(home)
    home.needs.delete(home)
  }

  function namedReads(id: number): ReadonlySet<number> {
    return new Set([...values.reads(id)].filter((read) => values.isNamed(read)))
  }

  function coreReads(group: GrowingGroup): number[] {
    return group.core === undefined ? [] : [...namedReads(group.core)]
  }

  /**
   * The index at which a node is computed if it joins the group: that of the members it reads, carried through views.
   * 'elsewhere' if it needs members at other points too; undefined if it reads none.
   */
  function placeIn(group: GrowingGroup, id: number): readonly Index[] | 'elsewhere' | undefined {
    const { inputs } = graph.nodes[id]!
    let place: readonly Index[] | undefined
    for (const input of inputs) {
      const member = values.isNamed(input) ? group.members.find(({ node }) => node === input) : undefined
      const below = member?.index ?? (values.isNamed(input) ? undefined : placeIn(group, input))
      if (below === undefined) continue
      const here = below === 'elsewhere' ? below : throughNode(graph, id, input, below, group.extents)
      if (here === 'elsewhere' || (place !== undefined && !here.every((at, axis) => sameIndex(at, place![axis]!))))
        return 'elsewhere'
      place = here
    }
    return place
  }
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

/** The index of a node whose operand `input` is computed at `below`, if the node has exactly one element per element of it. */
function throughNode(
  graph: Graph,
  id: number,
  input: number,
  below: readonly Index[],
  extents: readonly number[],
): readonly Index[] | 'elsewhere' {
  const node = graph.nodes[id]!
  if (node.primitive === 'reshape') return reshapeIndex(graph.nodes[input]!.shape, node.shape, below, extents)
  if (node.primitive === 'permute') return (node as GraphNode<'permute'>).attributes.order.map((axis) => below[axis]!)
  return movesElements(node.primitive) ? 'elsewhere' : below
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
    const members = [{ node: id, index: loops.resultAxes.map((axis) => axes[axis]!) }]
    return { core: id, loops, extents, members, needs }
  }
  const core = rule.kind === 'pointwise' ? undefined : id
  const members = [{ node: id, index: axisIndices(node.shape) }]
  return { core, loops: undefined, extents: node.shape, members, needs }
}
