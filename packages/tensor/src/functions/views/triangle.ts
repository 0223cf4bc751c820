import { iota } from '../../create.ts'
import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

export interface TriangleOptions {
  /** Which diagonal is the edge of the triangle: 0 the main one (default), positive ones above it, negative ones below. */
  readonly diagonal?: number
}

/**
 * The lower triangle of matrices, the last two axes: 0 above the diagonal.
 * @throws ShapeError if there are fewer than two axes.
 */
export function tril<S extends Shape, D extends DType>(x: Tensor<S, D>, options: TriangleOptions = {}): Tensor<S, D> {
  return distanceAbove('tril', x.shape)
    .lessEqual(options.diagonal ?? 0)
    .choose(x, 0)
    .cast(x.dtype)
}

/**
 * The upper triangle of matrices, the last two axes: 0 below the diagonal.
 * @throws ShapeError if there are fewer than two axes.
 */
export function triu<S extends Shape, D extends DType>(x: Tensor<S, D>, options: TriangleOptions = {}): Tensor<S, D> {
  return distanceAbove('triu', x.shape)
    .greaterEqual(options.diagonal ?? 0)
    .choose(x, 0)
    .cast(x.dtype)
}

/** Of each place of a matrix, how far it lies above the main diagonal: column − row. */
function distanceAbove(operation: string, shape: Shape): Tensor {
  if (shape.length < 2) throw new ShapeError(`${operation}: takes matrices [..., M, N], not ${showShape(shape)}.`)
  const matrix = shape.slice(-2)
  const column: Tensor = iota(matrix, 1)
  return column.subtract(iota(matrix, 0))
}
