// Fusion: named values that are computed at the same points join one kernel, as long as no kernel has to wait for itself.

import { sameShape } from '@neurite/tensor'
import type { Graph, GraphNode } from '../graph/graph.ts'
import { type Index, sameIndex } from '../kernel/index.ts'
import { axisIndices, reshapeIndex } from '../lowering/index-arithmetic.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import type { ContractionLoops } from '../lowering/rule.ts'
import type { Group, Member } from './group.ts'

interface GrowingGroup {
  readonly core: number | undefined
  readonly loops: ContractionLoops | undefined
  readonly extents: readonly number[]
  readonly members: Member[]
  /** Groups whose values this one reads. */
  readonly needs: Set<GrowingGroup>
}

/** Every named node is a member of exactly one group. The groups' needs form no cycle; their order is not meaningful. */
export function formGroups(graph: Graph, materialized: readonly boolean[]): readonly Group[] {
  const groups = new Set<GrowingGroup>()
  const groupOf = new Map<number, GrowingGroup>()

  graph.nodes.forEach((node, id) => {
    if (!materialized[id]) return
    const read = namedReads(graph, materialized, id)
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
    for (const candidate of [...candidates].sort((a, b) => Number(b.core !== undefined) - Number(a.core !== undefined))) {
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
          sameShape(graph.nodes[node]!.shape, home.extents) && index.every((at, axis) => sameIndex(at, identity[axis]!)),
      ) && readsAtSamePoints(home, other)
    )
  }

  /** Whether members of the two groups read each other only at the point they compute. */
  function readsAtSamePoints(a: GrowingGroup, b: GrowingGroup): boolean {
    const ofEither = [...a.members, ...b.members]
    return ofEither.every(({ node }) => {
      if (node === a.core) return true
      const read = namedReads(graph, materialized, node)
      return ofEither.every(({ node: other }) => !read.has(other) || readsOnlyElementwise(node, other))
    })
  }

  function readsOnlyElementwise(reader: number, read: number): boolean {
    const { inputs, primitive } = graph.nodes[reader]!
    if (isStepAside(primitive)) return !reachesNode(reader, read)
    return inputs.every((input) => input === read || materialized[input] === true || readsOnlyElementwise(input, read))
  }

  function reachesNode(from: number, to: number): boolean {
    return namedReads(graph, materialized, from).has(to)
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

  function coreReads(group: GrowingGroup): number[] {
    return group.core === undefined ? [] : [...namedReads(graph, materialized, group.core)]
  }

  /**
   * The index at which a node is computed if it joins the group: that of the members it reads, carried through views.
   * 'elsewhere' if it needs members at other points too; undefined if it reads none.
   */
  function placeIn(group: GrowingGroup, id: number): readonly Index[] | 'elsewhere' | undefined {
    const { inputs, primitive } = graph.nodes[id]!
    let place: readonly Index[] | undefined
    for (const input of inputs) {
      const member = materialized[input] ? group.members.find(({ node }) => node === input) : undefined
      const below = member?.index ?? (materialized[input] ? undefined : placeIn(group, input))
      if (below === undefined) continue
      const here = below === 'elsewhere' ? below : throughNode(graph, id, input, below, group.extents)
      if (here === 'elsewhere' || (place !== undefined && !here.every((at, axis) => sameIndex(at, place![axis]!))))
        return 'elsewhere'
      place = here
    }
    return primitive === 'gather' && place !== undefined ? 'elsewhere' : place
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

/** The named nodes that a node's expression reads. */
function namedReads(graph: Graph, materialized: readonly boolean[], id: number): ReadonlySet<number> {
  const found = new Set<number>()
  const seen = new Set<number>()
  const stack = [...graph.nodes[id]!.inputs]
  while (stack.length > 0) {
    const input = stack.pop()!
    if (seen.has(input)) continue
    seen.add(input)
    if (materialized[input]) found.add(input)
    else stack.push(...graph.nodes[input]!.inputs)
  }
  return found
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
  if (node.primitive === 'permute')
    return (node as GraphNode<'permute'>).attributes.order.map((axis) => below[axis]!)
  return isStepAside(node.primitive) ? 'elsewhere' : below
}

/** Whether a primitive computes an element from operands at other places than its own. */
function isStepAside(primitive: GraphNode['primitive']): boolean {
  const rule = loweringRuleOf(primitive)
  return rule.kind !== 'pointwise' || rule.isView === true || primitive === 'gather' || primitive === 'concatenate'
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
