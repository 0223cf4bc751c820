// What functions of matrices – the last two axes, behind any axes of batches – have in common.

import { floatingOf } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { Tensor } from '../../tensor.ts'

/** The matrix as floats, and its number of rows. @throws ShapeError unless it is square. */
export function squareMatrix(operation: string, a: Tensor): { matrix: Tensor; size: number } {
  const rows: number | undefined = a.shape.at(-2)
  if (rows === undefined || rows !== a.shape.at(-1))
    throw new ShapeError(`${operation}: takes square matrices [..., N, N], not ${showShape(a.shape)}.`)
  return { matrix: a.cast(floatingOf(a.dtype)), size: rows }
}

/** Rows from `first` on, as many as said or all. */
export function rows(matrix: Tensor, first: number, count: number = matrix.shape.at(-2) - first): Tensor {
  return matrix.narrow(-2, first, count)
}

/** Columns from `first` on, as many as said or all. */
export function columns(matrix: Tensor, first: number, count: number = matrix.shape.at(-1) - first): Tensor {
  return matrix.narrow(-1, first, count)
}

/** With rows of zeros above and columns of zeros to the left. */
export function padFront(matrix: Tensor, above: number, left: number): Tensor {
  const none = matrix.shape.slice(0, -2).map(() => 0)
  return matrix.pad({ low: [...none, above, left], high: [...none, 0, 0] })
}

/** The divisor, or 1 where it is 0: what it divides is 0 there too. */
export function nonZero(divisor: Tensor): Tensor {
  return divisor.equal(0).choose(1, divisor)
}
