import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type { MovementName, Primitives, ShapeRules } from '../primitive.ts'
import { checkShape, normalizeAxes, normalizeAxis, type Shape, sizeOf } from '../shape.ts'
import { checkElement } from './element.ts'
import { spread } from './spread.ts'

export const movementShapes: ShapeRules<MovementName> = {
  reshape: ([x], { shape }) => {
    // C1
    checkShape('reshape', shape)
    // C2
    const [from, to] = [sizeOf(x!.shape), sizeOf(shape)]
    if (from !== to)
      throw new ShapeError(
        `reshape: ${from} elements of ${showShape(x!.shape)} do not fill ${showShape(shape)}, which has ${to}.`,
      )
    return { shape, dtype: x!.dtype }
  },

  permute: ([x], { order }) => {
    // C1
    checkCount('permute', 'order', order, x!.shape)
    // C2
    const axes = normalizeAxes('permute', order, x!.shape.length)
    return { shape: axes.map((axis) => x!.shape[axis]!), dtype: x!.dtype }
  },

  broadcast: ([x], { shape }) => {
    // C1
    checkShape('broadcast', shape)
    const from = x!.shape
    const added = shape.length - from.length
    // C2
    if (added < 0)
      throw new ShapeError(
        `broadcast: ${showShape(from)} has more axes than ${showShape(shape)} (${from.length} > ${shape.length}). Reshape it first?`,
      )
    // C3
    for (let axis = 0; axis < from.length; axis++)
      if (from[axis] !== 1 && from[axis] !== shape[axis + added])
        throw new ShapeError(
          `broadcast: ${showShape(from)} does not fit ${showShape(shape)}: axis ${axis} has size ${from[axis]}, ` +
            `neither 1 nor ${shape[axis + added]}.`,
        )
    return { shape, dtype: x!.dtype }
  },

  slice: ([x], { starts, stops, steps }) => {
    const from = x!.shape
    // C1
    for (const [name, list] of Object.entries({ starts, stops, steps })) checkCount('slice', name, list, from)
    const shape = from.map((length, axis) => {
      const [start, stop, step] = [starts[axis]!, stops[axis]!, steps[axis]!]
      // C2
      if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || start > stop || stop > length)
        throw new ShapeError(
          `slice: elements ${start} to ${stop} do not lie within axis ${axis} of ${showShape(from)}, which has ${length}.`,
        )
      // C3
      if (!Number.isInteger(step) || step < 1)
        throw new ShapeError(
          `slice: step ${step} of axis ${axis} must be a positive integer. To reverse an axis use flip.`,
        )
      return Math.ceil((stop - start) / step)
    })
    return { shape, dtype: x!.dtype }
  },

  pad: ([x], { low, high, interior, value }) => {
    const from = x!.shape
    // C1
    for (const [name, list] of Object.entries({ low, high, interior })) checkCount('pad', name, list, from)
    // C2
    checkElement('pad', value, x!.dtype)
    const shape = from.map((length, axis) => {
      const [before, after, between] = [low[axis]!, high[axis]!, interior[axis]!]
      // C3
      if (!Number.isInteger(before) || !Number.isInteger(after) || !Number.isInteger(between) || between < 0)
        throw new ShapeError(
          `pad: low ${before}, high ${after} and interior ${between} of axis ${axis} must be integers, interior not negative.`,
        )
      const padded = before + spread(length, between + 1) + after
      // C4
      if (padded < 0)
        throw new ShapeError(
          `pad: low ${before} and high ${after} crop more than axis ${axis} of ${showShape(from)} has: ${padded} elements would be left.`,
        )
      return padded
    })
    return { shape, dtype: x!.dtype }
  },

  flip: ([x], { axes }) => {
    // C1
    normalizeAxes('flip', axes, x!.shape.length)
    return x!
  },

  concatenate: (inputs, { axis }) => {
    const first = inputs[0]
    // C1
    if (first === undefined) throw new ShapeError('concatenate: needs at least one tensor.')
    // C2
    const at = normalizeAxis('concatenate', axis, first.shape.length)
    let length = 0
    for (const { shape, dtype } of inputs) {
      // C3
      if (dtype !== first.dtype)
        throw new DTypeError(`concatenate: dtypes differ: ${first.dtype} and ${dtype}. Cast to a common one first.`)
      // C4
      if (shape.length !== first.shape.length || shape.some((size, i) => i !== at && size !== first.shape[i]))
        throw new ShapeError(
          `concatenate: ${showShape(first.shape)} and ${showShape(shape)} differ besides axis ${at}. All other sizes must be equal.`,
        )
      length += shape[at]!
    }
    return { shape: first.shape.map((size, i) => (i === at ? length : size)), dtype: first.dtype }
  },

  window: ([x], attributes) => {
    const { axes, sizes } = attributes
    // C1
    normalizeAxes('window', axes, x!.shape.length)
    // C2, C3
    checkWindows('window', attributes, sizes)
    const shape = [...x!.shape]
    // C4
    axes.forEach((axis, i) => {
      shape[axis] = windowCount('window', x!.shape[axis]!, sizes[i]!, attributes, i)
    })
    return { shape: [...shape, ...sizes], dtype: x!.dtype }
  },

  overlapAdd: ([x], attributes) => {
    const { axes, lengths } = attributes
    const rank = x!.shape.length - axes.length
    // C1
    if (rank < axes.length)
      throw new ShapeError(
        `overlapAdd: ${showShape(x!.shape)} has too few axes for windows along ${axes.length}: it needs an axis of ` +
          'windows and an axis of elements for each.',
      )
    normalizeAxes('overlapAdd', axes, rank)
    const sizes = x!.shape.slice(rank)
    // C2, C3
    checkWindows('overlapAdd', attributes, sizes)
    checkShape('overlapAdd', lengths)
    // C5
    if (x!.dtype === 'bool') throw new DTypeError('overlapAdd: cannot add bools. Cast to int32 first?')
    const shape = x!.shape.slice(0, rank)
    axes.forEach((axis, i) => {
      // C4
      const windows = windowCount('overlapAdd', lengths[i]!, sizes[i]!, attributes, i)
      if (windows !== shape[axis])
        throw new ShapeError(
          `overlapAdd: an axis of length ${lengths[i]} has ${windows} windows of size ${sizes[i]} (stride ${attributes.strides[i]}, ` +
            `dilation ${attributes.dilations[i]}), but axis ${axis} of ${showShape(x!.shape)} has ${shape[axis]}.`,
        )
      shape[axis] = lengths[i]!
    })
    return { shape, dtype: x!.dtype }
  },
}

type Windows = Pick<Primitives['window'], 'axes' | 'strides' | 'dilations'>

function checkWindows(operation: string, { axes, strides, dilations }: Windows, sizes: Shape): void {
  for (const [name, list] of Object.entries({ sizes, strides, dilations })) {
    if (list.length !== axes.length)
      throw new ShapeError(
        `${operation}: ${name} ${showShape(list)} needs ${axes.length} entries, one for each of axes ${showShape(axes)}.`,
      )
    if (list.some((entry) => !Number.isInteger(entry) || entry < 1))
      throw new ShapeError(`${operation}: ${name} ${showShape(list)} must be positive integers.`)
  }
}

function windowCount(
  operation: string,
  length: number,
  size: number,
  { strides, dilations }: Windows,
  i: number,
): number {
  const extent = spread(size, dilations[i]!)
  if (extent > length)
    throw new ShapeError(
      `${operation}: a window of size ${size} (dilation ${dilations[i]}) spans ${extent} elements, the axis has only ${length}. Pad it first?`,
    )
  return Math.floor((length - extent) / strides[i]!) + 1
}

function checkCount(operation: string, name: string, list: readonly number[], shape: Shape): void {
  if (list.length === shape.length) return
  throw new ShapeError(
    `${operation}: ${name} ${showShape(list)} needs ${shape.length} entries, one for each axis of ${showShape(shape)}, not ${list.length}.`,
  )
}
