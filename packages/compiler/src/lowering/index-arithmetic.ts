// From indices per axis to positions in memory and back.

import { type Shape, stridesOf } from '@neurite/tensor'
import { addIndex, axisIndex, divideIndex, type Index, scaleIndex, zeroIndex } from '../kernel/index.ts'

/** Indices of consecutive axes starting at `first`; an axis of extent 1 is always at 0. */
export function axisIndices(extents: readonly number[], first = 0): Index[] {
  return extents.map((extent, i) => (extent === 1 ? zeroIndex : axisIndex(first + i)))
}

/** Row-major position of an index in a shape. */
export function flattenIndex(shape: Shape, index: readonly Index[]): Index {
  const strides = stridesOf(shape)
  return index.reduce((flat, axis, i) => addIndex(flat, scaleIndex(axis, strides[i]!)), zeroIndex)
}

/** The index at a row-major position of a shape. */
function unflattenIndex(shape: Shape, position: Index, extents: readonly number[]): Index[] {
  // A shape without elements has no positions to divide.
  if (shape.includes(0)) return shape.map(() => zeroIndex)
  const index = new Array<Index>(shape.length)
  let rest = position
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    // The first axis takes what is left: it cannot overflow.
    if (shape.slice(0, axis).every((length) => length === 1)) {
      index[axis] = shape[axis] === 1 ? zeroIndex : rest
      rest = zeroIndex
      continue
    }
    const { quotient, remainder } = divideIndex(rest, shape[axis]!, extents)
    index[axis] = remainder
    rest = quotient
  }
  return index
}

/** The index of `to` that names the same row-major position as an index of `from`, whose sizes are equal. */
export function reshapeIndex(
  from: Shape,
  to: Shape,
  index: readonly Index[],
  extents: readonly number[],
): readonly Index[] {
  // Axes that the reshape leaves alone keep their index, however it was made.
  return alignedSegments(from, to).flatMap((segment) => {
    const inner = from.slice(segment.from.start, segment.from.stop)
    const position = flattenIndex(inner, index.slice(segment.from.start, segment.from.stop))
    return unflattenIndex(to.slice(segment.to.start, segment.to.stop), position, extents)
  })
}

interface AxisRange {
  readonly start: number
  readonly stop: number
}

/** The shortest runs of axes of two shapes of one size that have equal products. */
function alignedSegments(from: Shape, to: Shape): { readonly from: AxisRange; readonly to: AxisRange }[] {
  if (from.includes(0)) return [{ from: { start: 0, stop: from.length }, to: { start: 0, stop: to.length } }]
  const segments: { from: AxisRange; to: AxisRange }[] = []
  let [i, j] = [0, 0]
  while (i < from.length || j < to.length) {
    const start = { i, j }
    let product = i < from.length ? from[i++]! : 1
    let other = j < to.length ? to[j++]! : 1
    while (product !== other) {
      if (product < other) product *= from[i++]!
      else other *= to[j++]!
    }
    segments.push({ from: { start: start.i, stop: i }, to: { start: start.j, stop: j } })
  }
  return segments
}
