import type { Counted, DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import { normalizeAxes } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

export interface DiagonalOptions {
  /** 0 the main diagonal (default), positive ones above it, negative ones below. */
  readonly offset?: number
  /** Rows and columns; default: the last two axes. */
  readonly axes?: readonly [number, number]
}

/**
 * The diagonal of matrices, as a new last axis; rows and columns disappear.
 * @throws ShapeError if there are fewer than two axes.
 */
export function diagonal<D extends DType>(x: Tensor<Shape, D>, options: DiagonalOptions = {}): Tensor<AnyShape, D> {
  const { offset = 0 } = options
  if (x.rank < 2) throw new ShapeError(`diagonal: takes matrices, not ${showShape(x.shape)}.`)
  const [row, column] = normalizeAxes('diagonal', options.axes ?? [-2, -1], x.rank) as [number, number]
  const others = x.shape.map((_, axis) => axis).filter((axis) => axis !== row && axis !== column)
  const matrices = (x as Tensor).permute([...others, row, column])
  const start = { row: Math.max(0, -offset), column: Math.max(0, offset) }
  const length = Math.max(0, Math.min(x.shape[row]! - start.row, x.shape[column]! - start.column))
  const batch = others.length
  if (length === 0)
    return matrices
      .narrow(batch, 0, 0)
      .narrow(batch + 1, 0, 1)
      .squeeze(batch + 1)
  // Cropped to a square, whose diagonal lies, row-major, at every (length + 1)th element.
  const square = matrices.narrow(batch, start.row, length).narrow(batch + 1, start.column, length)
  const starts = others.map(() => 0)
  return square.flatten(batch, batch + 1).slice({ starts: [...starts, 0], steps: [...others.map(() => 1), length + 1] })
}

/** The sum of the diagonal of matrices, the last two axes. */
export function trace<D extends DType>(x: Tensor<Shape, D>): Tensor<AnyShape, Counted<D>> {
  return (diagonal(x) as Tensor).sum(-1)
}
