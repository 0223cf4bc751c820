import type { TypedArray } from '../dtype.ts'
import { allocate } from '../dtype.ts'
import type { ArrayValue, MovementName, Primitives, ReferenceRules, TensorType } from '../primitive.ts'
import { type Shape, sizeOf, stridesOf } from '../shape.ts'
import { finishTotals, startTotals } from './element.ts'
import { viewOffsets } from './view-offsets.ts'

export const movementReference: ReferenceRules<MovementName> = {
  reshape: ([x]) => x!.data.slice(),

  permute: ([x], { order }, output) => {
    const strides = stridesOf(x!.shape)
    return readView(
      x!,
      output,
      order.map((axis) => strides[axis]!),
    )
  },

  broadcast: ([x], _, output) => {
    const added = output.shape.length - x!.shape.length
    const strides = stridesOf(x!.shape)
    return readView(
      x!,
      output,
      output.shape.map((_, axis) => (axis < added || x!.shape[axis - added] === 1 ? 0 : strides[axis - added]!)),
    )
  },

  slice: ([x], { starts, steps }, output) => {
    const strides = stridesOf(x!.shape)
    return readView(
      x!,
      output,
      strides.map((stride, axis) => stride * steps[axis]!),
      offsetOf(starts, strides),
    )
  },

  pad: ([x], { low, interior, value }, { shape, dtype }) => {
    const result = allocate(dtype, sizeOf(shape)).fill(value)
    const { data } = x!
    // Where each axis puts its elements; outside are those that are cropped.
    const places = x!.shape.map((length, axis) =>
      Array.from({ length }, (_, index) => low[axis]! + index * (interior[axis]! + 1)),
    )
    const strides = stridesOf(shape)
    let next = 0
    const put = (axis: number, start: number, isInside: boolean): void => {
      if (axis === shape.length) {
        if (isInside) result[start] = data[next]!
        next++
        return
      }
      for (const place of places[axis]!)
        put(axis + 1, start + place * strides[axis]!, isInside && place >= 0 && place < shape[axis]!)
    }
    put(0, 0, true)
    return result
  },

  flip: ([x], { axes }, output) => {
    const strides = stridesOf(x!.shape)
    return readView(
      x!,
      output,
      strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
      axes.reduce((start, axis) => start + (x!.shape[axis]! - 1) * strides[axis]!, 0),
    )
  },

  concatenate: (inputs, { axis }, { shape, dtype }) => {
    const result = allocate(dtype, sizeOf(shape))
    const outer = sizeOf(shape.slice(0, axis))
    const blocks = inputs.map(({ shape }) => sizeOf(shape.slice(axis)))
    let next = 0
    for (let o = 0; o < outer; o++)
      inputs.forEach(({ data }, input) => {
        const block = blocks[input]!
        result.set(data.subarray(o * block, (o + 1) * block), next)
        next += block
      })
    return result
  },

  window: ([x], attributes, output) => readView(x!, output, windowStrides(x!.shape, attributes)),

  overlapAdd: ([x], attributes, { shape, dtype }) => {
    const totals = startTotals(dtype, sizeOf(shape))
    const { data } = x!
    const places = viewOffsets(x!.shape, windowStrides(shape, attributes))
    for (let i = 0; i < places.length; i++) totals[places[i]!]! += data[i]!
    return finishTotals(totals, dtype)
  },
}

/** The elements of a strided view of `x`, which has the shape of `output`. */
function readView(x: ArrayValue, output: TensorType, strides: readonly number[], start = 0): TypedArray {
  const { data } = x
  const offsets = viewOffsets(output.shape, strides, start)
  const result = allocate(output.dtype, offsets.length)
  for (let i = 0; i < result.length; i++) result[i] = data[offsets[i]!]!
  return result
}

/** Strides of the windows of an array of `shape`: along an axis of windows and within a window. */
function windowStrides(
  shape: Shape,
  { axes, strides, dilations }: Pick<Primitives['window'], 'axes' | 'strides' | 'dilations'>,
): number[] {
  const own = stridesOf(shape)
  const betweenWindows = own.map((stride, axis) =>
    axes.includes(axis) ? stride * strides[axes.indexOf(axis)]! : stride,
  )
  return [...betweenWindows, ...axes.map((axis, i) => own[axis]! * dilations[i]!)]
}

function offsetOf(index: readonly number[], strides: readonly number[]): number {
  return index.reduce((offset, position, axis) => offset + position * strides[axis]!, 0)
}
