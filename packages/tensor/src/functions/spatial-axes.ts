// The axes behind batch and channels, along which convolutions and pooling slide their windows.

import { ShapeError, showShape, showValue } from '../errors.ts'
import type { Shape } from '../shape.ts'

/** A function that makes a list with one entry per spatial axis out of one number or such a list. */
export function spatialList(
  operation: string,
  spatial: number,
): (name: string, value: number | readonly number[]) => readonly number[] {
  return (name, value) => {
    if (typeof value === 'number') return new Array<number>(spatial).fill(value)
    if (!Array.isArray(value))
      throw new TypeError(`${operation}: ${name} must be a number or a list of ${spatial}, not ${showValue(value)}.`)
    if (value.length !== spatial)
      throw new ShapeError(`${operation}: ${name} ${showShape(value)} needs ${spatial} entries, one per spatial axis.`)
    return value
  }
}

/** A window over spatial axes; one entry per axis in each list. */
export interface SpatialWindow {
  readonly kernel: Shape
  readonly dilations: readonly number[]
  /** On both sides together. */
  readonly padding: readonly number[]
}

/** @throws ShapeError if no window fits an axis. */
export function checkWindow(operation: string, lengths: Shape, { kernel, dilations, padding }: SpatialWindow): void {
  const fits = lengths.every((length, axis) => dilations[axis]! * (kernel[axis]! - 1) + 1 <= length + padding[axis]!)
  if (fits) return
  throw new ShapeError(
    `${operation}: a kernel of ${showShape(kernel)} is larger than the input ${showShape(lengths)} with its padding: ` +
      `dilation ${showShape(dilations)}, padding ${showShape(padding)} in all.`,
  )
}
