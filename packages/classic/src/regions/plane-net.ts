import { ShapeError } from '@neurite/tensor'

/** What a layer's nodes do with their activation a: 1 for a ≥ 0 and else 0; a between 0 and 1; a above 0; or a itself. */
export type PlaneNode = 'hard limiter' | 'threshold logic' | 'relu' | 'linear'

/** A layer f(W x − θ). */
export interface PlaneLayer {
  /** W, of one node a row. */
  readonly weights: readonly (readonly number[])[]
  /** θ, one for each node. */
  readonly offsets: readonly number[]
  readonly nodes: PlaneNode
}

/**
 * A net over the plane whose regions are exact: layers of nodes that are linear piece by piece, the first with two inputs.
 *
 * One output is class 1 where it is above ½, or, from linear nodes, above 0, and else class 0. Of several outputs the largest is the class.
 */
export type PlaneNet = readonly PlaneLayer[]

/**
 * The net itself.
 * @throws ShapeError if it has no layers, or one does not fit the layer below; RangeError if a number is not finite.
 */
export function checkedPlaneNet(where: string, net: PlaneNet): PlaneNet {
  if (net.length === 0) throw new ShapeError(`${where}: the net has no layers; it needs one at least.`)
  let inputs = 2
  net.forEach(({ weights, offsets }, index) => {
    const layer = `${where}: layer ${index}`
    if (weights.length === 0) throw new ShapeError(`${layer} has no nodes; it needs one at least.`)
    if (offsets.length !== weights.length)
      throw new ShapeError(
        `${layer} has ${weights.length} rows of weights and ${offsets.length} offsets; each node needs one.`,
      )
    for (const [node, row] of weights.entries())
      if (row.length !== inputs)
        throw new ShapeError(`${layer}: node ${node} has ${row.length} weights; it sees ${inputs} values.`)
    const odd = [...weights.flat(), ...offsets].find((number) => !Number.isFinite(number))
    if (odd !== undefined) throw new RangeError(`${layer}: a weight or offset is ${odd}; all must be finite.`)
    inputs = weights.length
  })
  return net
}

/** The class that a net gives a point: what its cells are labelled with, computed the ordinary way. */
export function classAt(net: PlaneNet, x: number, y: number): number {
  let values: readonly number[] = [x, y]
  for (const { weights, offsets, nodes } of net)
    values = weights.map((row, node) =>
      outputOf(
        nodes,
        row.reduce((sum, weight, i) => sum + weight * values[i]!, -offsets[node]!),
      ),
    )
  if (values.length === 1) return values[0]! > thresholdOf(net) ? 1 : 0
  return values.indexOf(Math.max(...values))
}

/** What a single output has to be above for class 1. */
export function thresholdOf(net: PlaneNet): number {
  return net.at(-1)!.nodes === 'linear' ? 0 : 0.5
}

function outputOf(nodes: PlaneNode, activation: number): number {
  switch (nodes) {
    case 'hard limiter':
      return activation >= 0 ? 1 : 0
    case 'threshold logic':
      return Math.min(Math.max(activation, 0), 1)
    case 'relu':
      return Math.max(activation, 0)
    case 'linear':
      return activation
  }
}
