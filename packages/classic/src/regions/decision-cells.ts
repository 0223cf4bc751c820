import { ConvexCell } from './convex-cell.ts'
import { zeroLine } from './half-sphere.ts'
import {
  type Affine,
  activations,
  checkedPlaneNet,
  type PlaneLayer,
  type PlaneNet,
  type PlaneNode,
  thresholdOf,
  valueAt,
} from './plane-net.ts'

/** A cell of the plane in which a net is one affine function, and answers with one class. */
export interface DecisionCell {
  readonly cell: ConvexCell
  readonly label: number
}

/**
 * The cells into which a net parts the plane, exactly up to rounding: within each of them every node is on one of its straight pieces. Of a net whose first layer
 * is hard limiters in general position, n lines make n (n + 1) / 2 + 1 cells. A layer of linear pieces bends the lines of the next one.
 * @throws ShapeError or RangeError if it is no such net.
 */
export function decisionCells(net: PlaneNet): DecisionCell[] {
  let pieces: Piece[] = [
    {
      cell: ConvexCell.plane(),
      values: [
        [1, 0, 0],
        [0, 1, 0],
      ],
    },
  ]
  for (const layer of checkedPlaneNet('decisionCells', net))
    pieces = pieces.flatMap((piece) => throughLayer(piece, layer))
  return pieces.flatMap(({ cell, values }) => labelled(cell, values, thresholdOf(net)))
}

/** A cell, and the affine functions that the nodes of a layer are in it. */
interface Piece {
  readonly cell: ConvexCell
  readonly values: readonly Affine[]
}

function throughLayer({ cell, values }: Piece, layer: PlaneLayer): Piece[] {
  const linear = activations(layer, values)
  const borders = linear.flatMap((activation) => kinks[layer.nodes].map((kink) => lowered(activation, kink)))
  return partsOf(cell, borders).map((part) => ({
    cell: part,
    values: linear.map((activation) => outputIn(part, activation, layer.nodes)),
  }))
}

/** The activations at which a node goes from one straight piece to the next. */
const kinks: Readonly<Record<PlaneNode, readonly number[]>> = {
  'hard limiter': [0],
  'threshold logic': [0, 1],
  relu: [0],
  linear: [],
}

function outputIn(cell: ConvexCell, activation: Affine, nodes: PlaneNode): Affine {
  const value = valueAt(activation, cell.interiorPoint)
  switch (nodes) {
    case 'hard limiter':
      return [0, 0, value >= 0 ? 1 : 0]
    case 'threshold logic':
      return value <= 0 ? zero : value >= 1 ? [0, 0, 1] : activation
    case 'relu':
      return value <= 0 ? zero : activation
    case 'linear':
      return activation
  }
}

const zero: Affine = [0, 0, 0]

function labelled(cell: ConvexCell, values: readonly Affine[], threshold: number): DecisionCell[] {
  if (values.length === 1) {
    const above = lowered(values[0]!, threshold)
    return partsOf(cell, [above]).map((part) => ({ cell: part, label: valueAt(above, part.interiorPoint) > 0 ? 1 : 0 }))
  }
  const differences = values.flatMap((value, i) => values.slice(i + 1).map((other) => difference(value, other)))
  return partsOf(cell, differences).map((part) => {
    const outputs = values.map((value) => valueAt(value, part.interiorPoint))
    return { cell: part, label: outputs.indexOf(Math.max(...outputs)) }
  })
}

/** The parts of a cell in which none of the functions changes its sign. */
function partsOf(cell: ConvexCell, functions: readonly Affine[]): ConvexCell[] {
  let parts = [cell]
  for (const [a, b, c] of functions) {
    const line = zeroLine(a, b, c)
    if (line === undefined) continue
    parts = parts.flatMap((part) => {
      const { positive, negative } = part.split(line)
      return [positive, negative].filter((half) => half !== undefined)
    })
  }
  return parts
}

function lowered([a, b, c]: Affine, by: number): Affine {
  return [a, b, c - by]
}

function difference(p: Affine, q: Affine): Affine {
  return [p[0] - q[0], p[1] - q[1], p[2] - q[2]]
}
