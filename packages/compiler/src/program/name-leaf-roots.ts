import type { Graph, GraphNode } from '../graph/graph.ts'

/** The graph with every root that is a leaf read through a node of its own, so that some kernel writes it where it must go. */
export function nameLeafRoots(graph: Graph): Graph {
  const nodes: GraphNode[] = [...graph.nodes]
  const copies = new Map<number, number>()
  const roots = graph.roots.map((root) => {
    if (graph.nodes[root]!.primitive !== 'input') return root
    let copy = copies.get(root)
    if (copy === undefined) {
      const { shape, dtype } = graph.nodes[root]!
      copy = nodes.push({ primitive: 'reshape', inputs: [root], attributes: { shape }, shape, dtype }) - 1
      copies.set(root, copy)
    }
    return copy
  })
  return copies.size === 0 ? graph : { nodes, roots }
}
