import type { Graph, GraphNode } from '../graph/graph.ts'
import type { Index } from '../kernel/index.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import { reshapeIndex } from '../lowering/index-arithmetic.ts'
import type { Group, Member } from './group.ts'
import { movesElements, type NamedValues } from './named-values.ts'

/**
 * Where a node is computed if each of its elements stands for one element of some member it reads: the member's place,
 * carried through reshapes and permutations. Undefined if there is no such member. Other members may be read elsewhere.
 */
export function inheritedPlace(
  graph: Graph,
  values: NamedValues,
  { extents, members }: Pick<Group, 'extents' | 'members'>,
  id: number,
): Pick<Member, 'index' | 'inner'> | undefined {
  const known = new Map<number, Pick<Member, 'index' | 'inner'> | undefined>(
    members.map((member) => [member.node, { index: member.index, inner: ownRow(member) }]),
  )

  /** A reduction's result does not run through what it sums over. */
  function ownRow({ node, inner }: Member): readonly number[] {
    return loweringRuleOf(graph.nodes[node]!.primitive).kind === 'reduction' ? [] : inner
  }

  function placeOf(node: number): Pick<Member, 'index' | 'inner'> | undefined {
    if (known.has(node)) return known.get(node)
    known.set(node, values.isNamed(node) && node !== id ? undefined : fromInputs(node))
    return known.get(node)
  }

  function fromInputs(node: number): Pick<Member, 'index' | 'inner'> | undefined {
    for (const input of graph.nodes[node]!.inputs) {
      const below = placeOf(input)
      const index = below && through(node, input, below.index, [...extents, ...below.inner])
      if (below !== undefined && index !== undefined) return { index, inner: below.inner }
    }
    return undefined
  }

  function through(
    id: number,
    input: number,
    below: readonly Index[],
    allExtents: readonly number[],
  ): readonly Index[] | undefined {
    const node = graph.nodes[id]!
    if (node.primitive === 'reshape') return reshapeIndex(graph.nodes[input]!.shape, node.shape, below, allExtents)
    if (node.primitive === 'permute') return (node as GraphNode<'permute'>).attributes.order.map((axis) => below[axis]!)
    return movesElements(node.primitive) ? undefined : below
  }

  return placeOf(id)
}
