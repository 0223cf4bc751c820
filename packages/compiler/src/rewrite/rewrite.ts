import type { Graph } from '../graph/graph.ts'
import { foldConstants } from './fold-constants.ts'
import { GraphBuilder } from './graph-builder.ts'
import { simplify } from './simplify.ts'

/**
 * The same values from fewer nodes: constants folded, trivial operations removed, equal computations shared, unused ones
 * dropped. Inputs keep their number and order.
 */
export function rewrite(graph: Graph): Graph {
  const builder = new GraphBuilder()
  const place: number[] = []
  for (const node of graph.nodes) {
    const moved = { ...node, inputs: node.inputs.map((input) => place[input]!) }
    place.push(
      simplify(moved, builder) ??
        foldConstants(moved, builder) ??
        builder.add(moved.primitive, moved.inputs, moved.attributes, moved.shape, moved.dtype),
    )
  }
  return builder.finish(graph.roots.map((root) => place[root]!))
}
