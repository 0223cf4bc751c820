import { eye } from '../../create.ts'
import type { DType, Floating } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { squareMatrix } from './matrices.ts'
import { inverse } from './solve.ts'

/**
 * A square matrix multiplied with itself: aⁿ, by repeated squaring. a⁰ is the identity; negative powers are those of the inverse.
 * @throws ShapeError unless the matrices are square, RangeError unless the exponent is an integer.
 */
export function matrixPower<S extends Shape, D extends DType>(
  a: Tensor<S, D>,
  exponent: number,
): Tensor<S, Floating<D>> {
  if (!Number.isInteger(exponent)) throw new RangeError(`matrixPower: the exponent ${exponent} is not an integer.`)
  const { matrix, size } = squareMatrix('matrixPower', a)
  const identity: Tensor = eye(size, matrix.dtype)
  if (exponent === 0) return identity.broadcastTo(matrix.shape)
  let square: Tensor = exponent < 0 ? inverse(matrix) : matrix
  let power: Tensor | undefined
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = power === undefined ? square : power.matmul(square)
    if (left > 1) square = square.matmul(square)
  }
  return power!
}
