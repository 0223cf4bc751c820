import { eye } from '../../create.ts'
import type { AnyDType, DType, Floating } from '../../dtype.ts'
import { promote } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import { broadcastShapes } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { concatenate } from '../concatenate.ts'
import { eliminate } from './elimination.ts'
import { columns, squareMatrix } from './matrices.ts'
import { solveTriangular } from './solve-triangular.ts'

/**
 * The X with a · X = b: a [..., N, N], b [..., N, K] → [..., N, K]; or for a vector b [N] → [..., N]. Leading axes are batches and
 * broadcast. By Gaussian elimination with partial pivoting. Where a matrix is singular the result is not finite.
 * @throws ShapeError if the shapes do not fit.
 */
export function solve(a: Tensor, b: Tensor): Tensor<AnyShape, AnyDType> {
  const { matrix, size } = squareMatrix('solve', a)
  if (b.rank === 1) return solve(a, b.unsqueeze(-1) as Tensor).squeeze(-1)
  if (b.shape.at(-2) !== size)
    throw new ShapeError(
      `solve: ${showShape(a.shape)} · X = ${showShape(b.shape)}: the right side must be [..., ${size}, K].`,
    )
  const batch = broadcastShapes('solve', a.shape.slice(0, -2), b.shape.slice(0, -2))
  const dtype = promote(matrix.dtype, b.dtype)
  const inBatch = (side: Tensor): Tensor => side.cast(dtype).broadcastTo([...batch, ...side.shape.slice(-2)])
  if (size === 0) return inBatch(b)
  const { reduced } = eliminate(concatenate([inBatch(matrix), inBatch(b)], -1))
  return solveTriangular(columns(reduced, 0, size), columns(reduced, size), { upper: true })
}

/**
 * The inverse of square matrices [..., N, N]; not finite where a matrix is singular. To solve equations use `solve`, which is more
 * accurate.
 * @throws ShapeError unless the matrices are square.
 */
export function inverse<S extends Shape, D extends DType>(a: Tensor<S, D>): Tensor<S, Floating<D>> {
  const { matrix, size } = squareMatrix('inverse', a)
  return solve(matrix, eye(size, matrix.dtype))
}
