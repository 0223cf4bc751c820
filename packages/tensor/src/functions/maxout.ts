import { ShapeError, showShape } from '../errors.ts'
import type { Shape } from '../shape.ts'
import { normalizeAxis } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

export interface MaxoutOptions {
  /** How many neighbours share one result. */
  readonly pieces: number
  readonly axis: number
}

/**
 * The largest of each `pieces` neighbours along an axis (Goodfellow et al. 2013): size n · pieces becomes n.
 * @throws ShapeError if the axis is not divisible by `pieces`.
 */
export function maxout(x: Tensor, options: MaxoutOptions): Tensor {
  const { pieces } = options
  const axis = normalizeAxis('maxout', options.axis, x.rank)
  const shape: Shape = x.shape
  const groups = shape[axis]! / pieces
  if (!Number.isInteger(groups))
    throw new ShapeError(
      `maxout: axis ${options.axis} of ${showShape(shape)} has ${shape[axis]} elements, not a multiple of ${pieces} pieces.`,
    )
  const grouped = x.reshape([...shape.slice(0, axis), groups, pieces, ...shape.slice(axis + 1)])
  return grouped.max(axis + 1, { ties: 'first' })
}
