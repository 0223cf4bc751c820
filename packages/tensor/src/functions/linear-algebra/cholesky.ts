import type { DType, Floating } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { concatenate } from '../concatenate.ts'
import { columns, padFront, rows, squareMatrix } from './matrices.ts'

/**
 * The lower triangular L with L · Lᵀ = (a + aᵀ) / 2, for positive definite matrices, column by column; NaN for others.
 * Leading axes are batches.
 * @throws ShapeError unless the matrices are square.
 */
export function cholesky<S extends Shape, D extends DType>(a: Tensor<S, D>): Tensor<S, Floating<D>> {
  const { matrix, size } = squareMatrix('cholesky', a)
  if (size === 0) return matrix
  let rest = matrix.add(matrix.transpose()).multiply(0.5)
  const factor: Tensor[] = []
  for (let step = 0; step < size; step++) {
    const column = columns(rest, 0, 1).divide(columns(rows(rest, 0, 1), 0, 1).sqrt())
    factor.push(padFront(column, step, 0))
    const below = rows(column, 1)
    rest = columns(rows(rest, 1), 1).subtract(below.multiply(below.transpose()))
  }
  return concatenate(factor, -1)
}
