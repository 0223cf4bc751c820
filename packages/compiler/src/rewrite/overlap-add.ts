// Windows that do not overlap are only moved back: no sum is needed, and whatever made them melts into what reads the result.

import type { DType, Shape } from '@neurite/tensor'
import type { GraphNode } from '../graph/graph.ts'
import type { GraphBuilder } from './graph-builder.ts'

/** `overlapAdd` of windows that lie apart as movements; undefined if some overlap or have gaps inside. */
export function withoutOverlap(node: GraphNode<'overlapAdd'>, graph: GraphBuilder): number | undefined {
  const { axes, strides, dilations } = node.attributes
  const { shape, dtype } = graph.nodes[node.inputs[0]!]!
  const rank = shape.length - axes.length
  const sizes = shape.slice(rank)
  if (axes.some((_, i) => sizes[i]! > strides[i]! || (dilations[i]! > 1 && sizes[i]! > 1))) return undefined

  // [… windows …, … places …] → every window as long as the stride → its places beside it → joined.
  const zeros = shape.map(() => 0)
  const apart = zeros.map((_, axis) => (axis < rank ? 0 : strides[axis - rank]! - sizes[axis - rank]!))
  const spaced = shape.map((length, axis) => length + apart[axis]!)
  const padded = addUnless(spaced, shape, () =>
    graph.add('pad', [node.inputs[0]!], { low: zeros, high: apart, interior: zeros, value: 0 }, spaced, dtype),
  )
  const order = shape.slice(0, rank).flatMap((_, axis) => {
    const place = axes.indexOf(axis)
    return place < 0 ? [axis] : [axis, rank + place]
  })
  const beside = order.map((axis) => spaced[axis]!)
  const permuted = graph.add('permute', [padded ?? node.inputs[0]!], { order }, beside, dtype)
  const joined = shape.slice(0, rank).map((length, axis) => {
    const place = axes.indexOf(axis)
    return place < 0 ? length : length * strides[place]!
  })
  const whole = graph.add('reshape', [permuted], { shape: joined }, joined, dtype)
  return withLengths(whole, joined, node.shape, graph, dtype)
}

/** Zeros after the last window; or the gap after it cut off, where the axis ends inside it. */
function withLengths(id: number, from: Shape, to: Shape, graph: GraphBuilder, dtype: DType): number {
  const zeros = from.map(() => 0)
  const cut = from.map((length, axis) => Math.min(length, to[axis]!))
  const shorter = addUnless(cut, from, () =>
    graph.add('slice', [id], { starts: zeros, stops: cut, steps: from.map(() => 1) }, cut, dtype),
  )
  const high = cut.map((length, axis) => to[axis]! - length)
  const longer = addUnless(to, cut, () =>
    graph.add('pad', [shorter ?? id], { low: zeros, high, interior: zeros, value: 0 }, to, dtype),
  )
  return longer ?? shorter ?? id
}

function addUnless(shape: Shape, before: Shape, add: () => number): number | undefined {
  return shape.every((length, axis) => length === before[axis]) ? undefined : add()
}
