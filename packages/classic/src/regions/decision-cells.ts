import { type Affine, affine, scaled, sumOf } from './affine.ts'
import { ConvexCell } from './convex-cell.ts'
import { zeroLine } from './half-sphere.ts'
import { checkedPlaneNet, type PlaneLayer, type PlaneNet, type PlaneNode, thresholdOf } from './plane-net.ts'

/** A cell of the plane in which a net is one affine function, and answers with one class. */
export interface DecisionCell {
  readonly cell: ConvexCell
  readonly label: number
}

/**
 * The cells into which a net parts the plane: within each of them every node is on one of its straight pieces. Of a net whose first layer is hard
 * limiters in general position, n lines make n (n + 1) / 2 + 1 cells. A layer of linear pieces bends the lines of the next one.
 *
 * Exact: the affine functions are computed without rounding, and so is on which side of a line a corner lies. On the borders, where outputs are equal, a point has the class of
 * one of its neighbours.
 * @throws ShapeError or RangeError if it is no such net.
 */
export function decisionCells(net: PlaneNet): DecisionCell[] {
  let pieces: Piece[] = [{ cell: ConvexCell.plane(), values: [affine(1, 0, 0), affine(0, 1, 0)] }]
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
  const activations = activationsOf(layer, values)
  const kinks = kinksOf[layer.nodes]
  const borders = activations.flatMap((activation) => kinks.map((kink) => lowered(activation, kink)))
  return partsOf(cell, borders).map(({ cell, signs }) => ({
    cell,
    values: activations.map((activation, node) =>
      outputOf(layer.nodes, activation, signs.slice(node * kinks.length, (node + 1) * kinks.length)),
    ),
  }))
}

/** The activations at which a node goes from one straight piece to the next. */
const kinksOf: Readonly<Record<PlaneNode, readonly number[]>> = {
  'hard limiter': [0],
  'threshold logic': [0, 1],
  relu: [0],
  linear: [],
}

const zero = /* @__PURE__ */ affine(0, 0, 0)
const one = /* @__PURE__ */ affine(0, 0, 1)

/** What a node gives whose activation is below (−1), at (0) or above (1) its kinks. */
function outputOf(nodes: PlaneNode, activation: Affine, signs: readonly number[]): Affine {
  const [first = 1, second = -1] = signs
  switch (nodes) {
    case 'hard limiter':
      return first >= 0 ? one : zero
    case 'threshold logic':
      return first <= 0 ? zero : second >= 0 ? one : activation
    case 'relu':
      return first <= 0 ? zero : activation
    case 'linear':
      return activation
  }
}

function labelled(cell: ConvexCell, values: readonly Affine[], threshold: number): DecisionCell[] {
  if (values.length === 1)
    return partsOf(cell, [lowered(values[0]!, threshold)]).map(({ cell, signs }) => ({
      cell,
      label: signs[0]! > 0 ? 1 : 0,
    }))
  const pairs = values.flatMap((_, i) => values.slice(i + 1).map((_, j) => [i, i + 1 + j] as const))
  const differences = pairs.map(([i, j]) => sumOf([values[i]!, scaled(values[j]!, -1)]))
  return partsOf(cell, differences).map(({ cell, signs }) => {
    // The first of equal ones is the largest.
    const isBeaten = (node: number): boolean =>
      pairs.some(([i, j], pair) => (i === node && signs[pair]! < 0) || (j === node && signs[pair]! >= 0))
    return { cell, label: values.findIndex((_, node) => !isBeaten(node)) }
  })
}

interface SignedCell {
  readonly cell: ConvexCell
  /** Of each function in the cell: 1, −1, or 0 where it is 0 everywhere. */
  readonly signs: readonly number[]
}

/** The parts of a cell in which none of the functions changes its sign. */
function partsOf(cell: ConvexCell, functions: readonly Affine[]): SignedCell[] {
  let parts: SignedCell[] = [{ cell, signs: [] }]
  for (const form of functions) {
    const line = zeroLine(form)
    const constant = form.c > 0n ? 1 : form.c < 0n ? -1 : 0
    parts = parts.flatMap(({ cell, signs }) => {
      if (line === undefined) return [{ cell, signs: [...signs, constant] }]
      const { positive, negative } = cell.split(line)
      return [
        ...(positive === undefined ? [] : [{ cell: positive, signs: [...signs, 1] }]),
        ...(negative === undefined ? [] : [{ cell: negative, signs: [...signs, -1] }]),
      ]
    })
  }
  return parts
}

/** W x − θ, exactly. */
function activationsOf({ weights, offsets }: PlaneLayer, inputs: readonly Affine[]): Affine[] {
  return weights.map((row, node) => lowered(sumOf(row.map((weight, i) => scaled(inputs[i]!, weight))), offsets[node]!))
}

function lowered(form: Affine, by: number): Affine {
  return sumOf([form, affine(0, 0, -by)])
}
