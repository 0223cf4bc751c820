import { allocate } from '../dtype.ts'
import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type { ArrayValue, IndexingName, ReferenceRules, ShapeRules, TensorType } from '../primitive.ts'
import { normalizeAxis, type Shape, sizeOf } from '../shape.ts'
import { finishTotals, startTotals } from './element.ts'

export const indexingShapes: ShapeRules<IndexingName> = {
  gather: ([source, indices], { axis }) => {
    // C1
    normalizeAxis('gather', axis, source!.shape.length)
    // C2
    checkIndices('gather', indices!)
    const { shape, dtype } = source!
    return { shape: [...shape.slice(0, axis), ...indices!.shape, ...shape.slice(axis + 1)], dtype }
  },

  scatterAdd: ([updates, indices], { axis, size }) => {
    const { shape, dtype } = updates!
    const named = indices!.shape
    // C1
    normalizeAxis('scatterAdd', axis, shape.length - named.length + 1)
    // C2
    checkIndices('scatterAdd', indices!)
    // C3
    if (named.some((length, i) => length !== shape[axis + i]))
      throw new ShapeError(
        `scatterAdd: updates ${showShape(shape)} do not have the axes of indices ${showShape(named)} from axis ${axis} on ` +
          `(${showShape(shape.slice(axis, axis + named.length))} ≠ ${showShape(named)}).`,
      )
    // C4
    if (!Number.isInteger(size) || size < 0)
      throw new ShapeError(`scatterAdd: size ${size} of axis ${axis} must be a non-negative integer.`)
    // C5
    if (dtype === 'bool') throw new DTypeError('scatterAdd: cannot add bools. Cast to int32 first?')
    return { shape: [...shape.slice(0, axis), size, ...shape.slice(axis + named.length)], dtype }
  },
}

function checkIndices(name: IndexingName, { dtype }: TensorType): void {
  if (dtype !== 'int32') throw new DTypeError(`${name}: indices must be int32, not ${dtype}. Cast them first?`)
}

export const indexingReference: ReferenceRules<IndexingName> = {
  gather: ([source, indices], { axis }, output) => {
    const { shape, data } = source!
    const size = shape[axis]!
    const inner = sizeOf(shape.slice(axis + 1))
    const outer = sizeOf(shape.slice(0, axis))
    const positions = checkedPositions('gather', indices!, { axis, shape })
    const result = allocate(output.dtype, sizeOf(output.shape))
    let next = 0
    for (let o = 0; o < outer; o++)
      for (const position of positions) {
        const from = (o * size + position) * inner
        for (let i = 0; i < inner; i++) result[next++] = data[from + i]!
      }
    return result
  },

  scatterAdd: ([updates, indices], { axis, size }, { shape, dtype }) => {
    const { data } = updates!
    const inner = sizeOf(shape.slice(axis + 1))
    const outer = sizeOf(shape.slice(0, axis))
    const positions = checkedPositions('scatterAdd', indices!, { axis, shape })
    const totals = startTotals(dtype, sizeOf(shape))
    let next = 0
    for (let o = 0; o < outer; o++)
      for (const position of positions) {
        const to = (o * size + position) * inner
        for (let i = 0; i < inner; i++) totals[to + i]! += data[next++]!
      }
    return finishTotals(totals, dtype)
  },
}

/** @throws RangeError if an index does not lie within the axis. */
function checkedPositions(
  name: IndexingName,
  { data }: ArrayValue,
  { axis, shape }: { axis: number; shape: Shape },
): ArrayValue['data'] {
  const size = shape[axis]!
  for (const index of data)
    if (index < 0 || index >= size)
      throw new RangeError(
        `${name}: index ${index} is out of range for axis ${axis} of size ${size} of a tensor of shape ${showShape(shape)}.`,
      )
  return data
}
