import { showShape } from '@neurite/tensor'
import type { Graph, GraphNode } from '../graph/graph.ts'

/** A line per node: `%3 = add float32 [64, 128] (%1, %2)`, with the attributes that its shape and dtype do not show. */
export function printGraph({ nodes, roots }: Graph): string {
  const lines = nodes.map((node, id) => `  %${id} = ${printNode(node)}`)
  return [...lines, `  gives ${roots.map((root) => `%${root}`).join(', ') || 'nothing'}`].join('\n')
}

function printNode({ primitive, inputs, attributes, shape, dtype }: GraphNode): string {
  const operands = inputs.length === 0 ? '' : ` (${inputs.map((input) => `%${input}`).join(', ')})`
  const shown = Object.entries(attributes).filter(([name]) => name !== 'shape' && name !== 'dtype')
  const rest = shown.map(([name, value]) => ` ${name} ${JSON.stringify(value)}`).join(',')
  return `${primitive} ${dtype} ${showShape(shape)}${operands}${rest}`
}
