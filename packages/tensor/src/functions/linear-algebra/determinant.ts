import { ones } from '../../create.ts'
import type { DType, Floating } from '../../dtype.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { type Elimination, eliminate } from './elimination.ts'
import { squareMatrix } from './matrices.ts'

/**
 * The determinant of square matrices: [..., N, N] → [...]. At singular matrices the gradient is not that of the determinant.
 * @throws ShapeError unless the matrices are square.
 */
export function determinant<D extends DType>(a: Tensor<Shape, D>): Tensor<AnyShape, Floating<D>> {
  const { pivots, sign } = elimination('determinant', a)
  return pivots.product(-1).multiply(sign)
}

/** A determinant that no float could hold. */
export interface LogDeterminant<D extends DType = DType> {
  /** 1, −1, or 0 for a singular matrix. */
  readonly sign: Tensor<AnyShape, D>
  /** log |determinant|; −∞ for a singular matrix. */
  readonly logAbsolute: Tensor<AnyShape, D>
}

/**
 * Sign and logarithm of the determinant of square matrices: [..., N, N] → [...] each.
 * @throws ShapeError unless the matrices are square.
 */
export function logDeterminant<D extends DType>(a: Tensor<Shape, D>): LogDeterminant<Floating<D>> {
  const { pivots, sign } = elimination('logDeterminant', a)
  return { sign: pivots.sign().product(-1).multiply(sign), logAbsolute: pivots.absolute().log().sum(-1) }
}

function elimination(operation: string, a: Tensor): Pick<Elimination, 'pivots' | 'sign'> {
  const { matrix, size } = squareMatrix(operation, a)
  if (size > 0) return eliminate(matrix)
  const batch = a.shape.slice(0, -2)
  return { pivots: ones([...batch, 0], matrix.dtype), sign: ones(batch, matrix.dtype) }
}
