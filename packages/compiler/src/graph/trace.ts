import type { Primitives, Tensor } from '@neurite/tensor'
import type { Graph, GraphNode } from './graph.ts'

export interface Trace {
  readonly graph: Graph
  /** The tensors behind the graph's `input` nodes, in the order of those nodes. */
  readonly leaves: readonly Tensor[]
}

/** Walks from the roots to the leaves and writes down what it finds, inputs before users. */
export function trace(roots: readonly Tensor[]): Trace {
  const nodes: GraphNode[] = []
  const leaves: Tensor[] = []
  const ids = new Map<Tensor, number>()
  const stack: Tensor[] = []
  for (const root of roots) {
    stack.push(root)
    while (stack.length > 0) {
      const tensor = stack[stack.length - 1]!
      if (ids.has(tensor)) {
        stack.pop()
        continue
      }
      if (tensor.isLeaf) {
        ids.set(tensor, nodes.length)
        nodes.push(leafNode(tensor))
        leaves.push(tensor)
        stack.pop()
        continue
      }
      // To a program the result of a custom gradient is its value; what else belongs to it need not be computed.
      if (tensor.primitive === 'customGradient') {
        const value = tensor.inputs[(tensor.attributes as Primitives['customGradient']).place]!
        const id = ids.get(value)
        if (id === undefined) stack.push(value)
        else ids.set(tensor, id)
        continue
      }
      const waiting = stack.length
      for (let i = tensor.inputs.length - 1; i >= 0; i--) {
        const input = tensor.inputs[i]!
        if (!ids.has(input)) stack.push(input)
      }
      if (stack.length > waiting) continue
      stack.pop()
      ids.set(tensor, nodes.length)
      nodes.push({
        primitive: tensor.primitive,
        inputs: tensor.inputs.map((input) => ids.get(input)!),
        attributes: tensor.attributes,
        shape: tensor.shape,
        dtype: tensor.dtype,
      })
    }
  }
  return { graph: { nodes, roots: roots.map((root) => ids.get(root)!) }, leaves }
}

function leafNode({ shape, dtype }: Tensor): GraphNode<'input'> {
  return { primitive: 'input', inputs: [], attributes: { shape, dtype }, shape, dtype }
}
