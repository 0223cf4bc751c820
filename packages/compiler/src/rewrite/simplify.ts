// Local rules that replace a node by a simpler one with the same values, bit for bit.

import { type PrimitiveName, sameShape, sizeOf } from '@neurite/tensor'
import type { GraphNode } from '../graph/graph.ts'
import type { GraphBuilder } from './graph-builder.ts'
import { withoutOverlap } from './overlap-add.ts'

/** An existing node that equals `node`, or undefined. May add nodes to the builder. */
type Simplification<P extends PrimitiveName> = (node: GraphNode<P>, graph: GraphBuilder) => number | undefined

const rules: { readonly [P in PrimitiveName]?: Simplification<P> } = {
  stopGradient: ({ inputs }) => inputs[0],
  cast: (node, graph) => (graph.nodes[node.inputs[0]!]!.dtype === node.dtype ? node.inputs[0] : undefined),
  negate: (node, graph) => innerOf(node, graph, 'negate')?.inputs[0],
  multiply: (node, graph) => whereOperandIs(1, node, graph),
  divide: (node, graph) => (isConstant(1, node.inputs[1]!, graph) ? node.inputs[0] : undefined),
  subtract: (node, graph) => (isConstant(0, node.inputs[1]!, graph) ? node.inputs[0] : undefined),
  select: ({ inputs }, graph) => {
    const condition = graph.nodes[inputs[0]!]!
    if (inputs[1] === inputs[2]) return inputs[1]
    if (!isPrimitive(condition, 'constant')) return undefined
    return condition.attributes.value === 0 ? inputs[2] : inputs[1]
  },
  reshape: (node, graph) => {
    const input = graph.nodes[node.inputs[0]!]!
    if (sameShape(input.shape, node.shape)) return node.inputs[0]
    if (input.primitive !== 'reshape') return constantLike(node, graph)
    const origin = input.inputs[0]!
    return sameShape(graph.nodes[origin]!.shape, node.shape)
      ? origin
      : graph.add('reshape', [origin], node.attributes, node.shape, node.dtype)
  },
  permute: (node, graph) => {
    const { order } = node.attributes
    if (order.every((axis, i) => axis === i)) return node.inputs[0]
    const inner = innerOf(node, graph, 'permute')
    if (inner === undefined) return constantLike(node, graph)
    const joined = order.map((axis) => inner.attributes.order[axis]!)
    if (joined.every((axis, i) => axis === i)) return inner.inputs[0]
    return graph.add('permute', inner.inputs, { order: joined }, node.shape, node.dtype)
  },
  broadcast: (node, graph) => {
    const { shape } = graph.nodes[node.inputs[0]!]!
    if (sameShape(shape, node.shape)) return node.inputs[0]
    // Only axes of size 1 are added: nothing repeats.
    if (sizeOf(shape) === sizeOf(node.shape)) return constantLike(node, graph) ?? reshaped(node, graph)
    return constantLike(node, graph)
  },
  slice: (node, graph) =>
    sameShape(graph.nodes[node.inputs[0]!]!.shape, node.shape) ? node.inputs[0] : constantLike(node, graph),
  pad: (node, graph) =>
    sameShape(graph.nodes[node.inputs[0]!]!.shape, node.shape) && isUnpadded(node) ? node.inputs[0] : undefined,
  flip: (node, graph) => (node.attributes.axes.length === 0 ? node.inputs[0] : constantLike(node, graph)),
  overlapAdd: withoutOverlap,
  concatenate: ({ inputs }) => (inputs.length === 1 ? inputs[0] : undefined),
  sum: dropTrivialAxes,
  product: dropTrivialAxes,
  max: dropTrivialAxes,
  min: dropTrivialAxes,
  scan: (node, graph) => {
    const { body, result, place } = node.attributes
    if (result !== 'output') return undefined
    const output = body.outputs[place]!
    // What a step passes on unchanged, or gives twice.
    const element = body.elements.indexOf(output)
    if (element >= 0) return node.inputs[body.carries.length + element]
    const first = body.outputs.indexOf(output)
    return first === place
      ? undefined
      : graph.add('scan', node.inputs, { ...node.attributes, place: first }, node.shape, node.dtype)
  },
}

/** Applies the rule of the node's primitive, if it has one. */
export function simplify(node: GraphNode, graph: GraphBuilder): number | undefined {
  // Of nothing there is only one kind.
  if (sizeOf(node.shape) === 0 && node.primitive !== 'input') {
    const { shape, dtype } = node
    return graph.add('constant', [], { shape, dtype, value: 0 }, shape, dtype)
  }
  const rule = rules[node.primitive] as Simplification<PrimitiveName> | undefined
  return rule?.(node, graph)
}

// A movement of a constant is a constant of the new shape.
function constantLike(node: GraphNode, graph: GraphBuilder): number | undefined {
  const input = graph.nodes[node.inputs[0]!]!
  if (!isPrimitive(input, 'constant')) return undefined
  const { shape, dtype } = node
  return graph.add('constant', [], { shape, dtype, value: input.attributes.value }, shape, dtype)
}

// A reduction over axes of size 1 only moves.
function dropTrivialAxes(node: GraphNode<'sum' | 'product' | 'max' | 'min'>, graph: GraphBuilder): number | undefined {
  const input = graph.nodes[node.inputs[0]!]!
  if (sizeOf(input.shape) !== sizeOf(node.shape) || node.attributes.axes.some((axis) => input.shape[axis] !== 1))
    return undefined
  if (sameShape(input.shape, node.shape)) return node.inputs[0]
  return reshaped(node, graph)
}

function reshaped({ inputs, shape, dtype }: GraphNode, graph: GraphBuilder): number {
  return graph.add('reshape', inputs, { shape }, shape, dtype)
}

function isUnpadded(node: GraphNode<'pad'>): boolean {
  const { low, high } = node.attributes
  return low.every((count) => count === 0) && high.every((count) => count === 0)
}

function whereOperandIs(value: number, { inputs }: GraphNode, graph: GraphBuilder): number | undefined {
  if (isConstant(value, inputs[1]!, graph)) return inputs[0]
  return isConstant(value, inputs[0]!, graph) ? inputs[1] : undefined
}

function isConstant(value: number, id: number, graph: GraphBuilder): boolean {
  const node = graph.nodes[id]!
  return isPrimitive(node, 'constant') && Object.is(node.attributes.value, value)
}

function innerOf<P extends PrimitiveName>(
  node: GraphNode,
  graph: GraphBuilder,
  primitive: P,
): GraphNode<P> | undefined {
  const inner = graph.nodes[node.inputs[0]!]!
  return isPrimitive(inner, primitive) ? inner : undefined
}

export function isPrimitive<P extends PrimitiveName>(node: GraphNode, primitive: P): node is GraphNode<P> {
  return node.primitive === primitive
}
