// The compiler's own picture of a computation: plain nodes in an order where inputs come first, without values.

import type { DType, PrimitiveName, Primitives, Shape } from '@neurite/tensor'

export interface GraphNode<P extends PrimitiveName = PrimitiveName> {
  readonly primitive: P
  /** Positions of the operands in `Graph.nodes`, all smaller than the node's own. */
  readonly inputs: readonly number[]
  readonly attributes: Primitives[P]
  readonly shape: Shape
  readonly dtype: DType
}

export interface Graph {
  readonly nodes: readonly GraphNode[]
  /** The nodes asked for. */
  readonly roots: readonly number[]
}

/** For every node the nodes that use it, ascending; a node that uses it twice is named twice. */
export function usersOf(graph: Graph): readonly (readonly number[])[] {
  const users: number[][] = graph.nodes.map(() => [])
  graph.nodes.forEach((node, id) => {
    for (const input of node.inputs) users[input]!.push(id)
  })
  return users
}
