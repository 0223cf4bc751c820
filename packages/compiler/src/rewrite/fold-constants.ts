// An elementwise operation on constants is a constant; the reference rules say which.

import { allocate, binaryNames, type ElementwiseName, referenceRules, unaryNames } from '@neurite/tensor'
import type { GraphNode } from '../graph/graph.ts'
import type { GraphBuilder } from './graph-builder.ts'
import { isPrimitive } from './simplify.ts'

const elementwise: ReadonlySet<string> = new Set([...unaryNames, ...binaryNames, 'cast', 'select'])

/** The constant that `node` always is, or undefined. */
export function foldConstants(node: GraphNode, graph: GraphBuilder): number | undefined {
  if (!isElementwise(node)) return undefined
  const operands: { value: number; node: GraphNode }[] = []
  for (const input of node.inputs) {
    const operand = graph.nodes[input]!
    if (!isPrimitive(operand, 'constant')) return undefined
    operands.push({ value: operand.attributes.value, node: operand })
  }
  const inputs = operands.map(({ value, node: { dtype } }) => {
    const data = allocate(dtype, 1)
    data[0] = value
    return { shape: [], dtype, data }
  })
  const rule = referenceRules[node.primitive] as (typeof referenceRules)['add']
  const value = rule(inputs, node.attributes, { shape: [], dtype: node.dtype })[0]!
  const { shape, dtype } = node
  return graph.add('constant', [], { shape, dtype, value }, shape, dtype)
}

function isElementwise(node: GraphNode): node is GraphNode<ElementwiseName> {
  return elementwise.has(node.primitive)
}
