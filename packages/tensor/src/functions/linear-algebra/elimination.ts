import { iota } from '../../create.ts'
import type { Tensor } from '../../tensor.ts'
import { concatenate } from '../concatenate.ts'
import { columns, nonZero, padFront, rows } from './matrices.ts'

/** A matrix brought to triangular form, and what was done to it. */
export interface Elimination {
  /** Upper triangular, in the columns of the matrix; behind it the further columns, changed alike. */
  readonly reduced: Tensor
  /** Pivots [..., N], the diagonal of the triangle. */
  readonly pivots: Tensor
  /** 1 for an even number of exchanged rows, −1 for an odd number: [...]. */
  readonly sign: Tensor
}

/**
 * Gaussian elimination with partial pivoting of [..., N, N + K]: in each column the largest element of the rows left becomes the
 * pivot. A column that is 0 altogether is left as it is.
 */
export function eliminate(matrix: Tensor): Elimination {
  const size: number = matrix.shape.at(-2)
  const done: Tensor[] = []
  const pivots: Tensor[] = []
  let rest = matrix
  let sign: Tensor | undefined
  for (let step = 0; step < size; step++) {
    const best = columns(rest, 0, 1).stopGradient().absolute().argMax(-2, { keepAxes: true })
    rest = withRowFirst(rest, best)
    const turn = best.equal(0).choose(1, -1).cast(matrix.dtype).squeeze([-2, -1])
    sign = sign === undefined ? turn : sign.multiply(turn)
    const row = rows(rest, 0, 1)
    const pivot = columns(row, 0, 1)
    done.push(padFront(row, 0, step))
    pivots.push(pivot.squeeze(-2))
    const factors = columns(rows(rest, 1), 0, 1).divide(nonZero(pivot))
    rest = columns(rows(rest, 1), 1).subtract(factors.multiply(columns(row, 1)))
  }
  return { reduced: concatenate(done, -2), pivots: concatenate(pivots, -1), sign: sign! }
}

/** The row that `position` [..., 1, 1] names exchanged with the first. */
function withRowFirst(matrix: Tensor, position: Tensor): Tensor {
  const place: Tensor = iota([matrix.shape.at(-2), 1], 0)
  const source = place.equal(0).choose(position, place.equal(position).choose(0, place))
  return matrix.takeAlongAxis(source.broadcastTo(matrix.shape), -2)
}
