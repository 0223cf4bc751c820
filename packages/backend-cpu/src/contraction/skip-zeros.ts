// Leaves out products with the zeros between the elements of a dilated operand: those of a strided convolution's gradient by its input.
//
// Such an operand is guarded by the condition that an index is a multiple of m. Where the other axes of the index have been split into
// multiples of m and phases (see normalize.ts), every m-th place of a depth axis fulfils it, the first depending on the phases. So the
// phases become batches, and the depth runs through these places only.

import {
  addIndex,
  axisIndex,
  type Condition,
  type Index,
  type Scalar,
  sameIndex,
  scaleIndex,
} from '@neurite/compiler/kernel'
import type { Contraction } from './normalize.ts'
import { mapNodes } from './substitute-axes.ts'

/** A depth axis of which only every `divisor`-th place counts. */
export interface SparseAxis {
  readonly axis: number
  readonly divisor: number
  /** Axes of extent `divisor` that tell which of its places these are. */
  readonly phases: readonly number[]
  /** The first of the places: an index over the phases. */
  readonly first: Index
  /** The condition that the places fulfil. */
  readonly condition: Condition
}

export function findSparseAxis(contraction: Contraction): SparseAxis | undefined {
  for (const condition of [contraction.left, contraction.right].flatMap(conditionsOfZeros)) {
    const found = sparseAxis(contraction, condition)
    if (found !== undefined) return found
  }
  return undefined
}

/** The conditions without which an operand is 0. */
function conditionsOfZeros(operand: Scalar): readonly Condition[] {
  if (operand.kind !== 'guard' || operand.otherwise !== 0) return []
  return [...operand.conditions, ...conditionsOfZeros(operand.value)]
}

function sparseAxis({ depth, extents }: Contraction, condition: Condition): SparseAxis | undefined {
  const { index, divisor = 1 } = condition
  if (divisor === 1) return undefined
  const phases: number[] = []
  let rest: Index = { constant: index.constant, terms: [] }
  let found: { axis: number; stride: number } | undefined
  for (const { stride, atom } of index.terms) {
    if (atom.kind !== 'axis') return undefined
    const { axis } = atom
    if (stride % divisor === 0) continue
    if (depth.includes(axis)) {
      if (found !== undefined) return undefined
      found = { axis, stride }
    } else {
      if (extents[axis] !== divisor) return undefined
      phases.push(axis)
      rest = addIndex(rest, axisIndex(axis, stride))
    }
  }
  if (found === undefined || extents[found.axis]! <= 1) return undefined
  // stride · place + rest is to be a multiple: easily solved where the stride is 1 or −1 more than one.
  const remainder = ((found.stride % divisor) + divisor) % divisor
  if (remainder !== 1 && remainder !== divisor - 1) return undefined
  const dividend = remainder === 1 ? scaleIndex(rest, -1) : rest
  const first: Index = { constant: 0, terms: [{ stride: 1, atom: { kind: 'remainder', dividend, divisor } }] }
  return { axis: found.axis, divisor, phases, first, condition }
}

/** An operand that asks for places of the axis inside its extent instead of the condition, where these differ. */
export function withoutCondition(operand: Scalar, { condition, divisor }: SparseAxis): Scalar {
  return mapNodes(operand, (node) => {
    if (node.kind !== 'guard') return node
    const conditions = node.conditions.map((other): Condition => {
      if (other.divisor !== divisor || !sameIndex(other.index, condition.index)) return other
      const { divisor: _, ...range } = other
      return range
    })
    return { ...node, conditions }
  })
}

/** The operand where the place is inside the axis, else 0. */
export function within(operand: Scalar, place: Index, extent: number): Scalar {
  const conditions = [{ index: place, low: 0, high: extent }]
  return { kind: 'guard', conditions, value: operand, otherwise: 0, dtype: operand.dtype }
}
