import type { AnyDType } from '../../dtype.ts'
import { promote } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { concatenate } from '../concatenate.ts'
import { columns, rows, squareMatrix } from './matrices.ts'

/**
 * The X with a · X = b, for triangular a [..., N, N] and b [..., N, K], row by row; the other triangle of `a` is not read.
 * Leading axes are batches and broadcast. Where the diagonal of `a` holds 0 the result is not finite.
 * @param options `upper`: which triangle is there, default false: the lower.
 * @throws ShapeError if the shapes do not fit.
 */
export function solveTriangular(
  a: Tensor,
  b: Tensor,
  options: { readonly upper?: boolean } = {},
): Tensor<AnyShape, AnyDType> {
  const { matrix, size } = squareMatrix('solveTriangular', a)
  if (b.rank < 2 || b.shape.at(-2) !== size)
    throw new ShapeError(
      `solveTriangular: ${showShape(a.shape)} · X = ${showShape(b.shape)}: the right side must be [..., ${size}, K].`,
    )
  const dtype = promote(matrix.dtype, b.dtype)
  const [left, right] = [matrix.cast(dtype), b.cast(dtype)]
  // Upside down an upper triangle is a lower one.
  return options.upper ? substitute(left.flip([-2, -1]), right.flip(-2)).flip(-2) : substitute(left, right)
}

/** Forward substitution: each row of the result is taken out of all rows below. */
function substitute(lower: Tensor, right: Tensor): Tensor {
  const size: number = lower.shape.at(-1)
  const solved: Tensor[] = []
  let rest = right
  for (let step = 0; step < size; step++) {
    const column = columns(rows(lower, step), step, 1)
    const row = rows(rest, 0, 1).divide(rows(column, 0, 1))
    solved.push(row)
    rest = rows(rest, 1).subtract(rows(column, 1).multiply(row))
  }
  return solved.length === 0 ? right : concatenate(solved, -2)
}
