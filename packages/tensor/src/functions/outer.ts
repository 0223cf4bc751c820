import type { AnyDType } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { Tensor } from '../tensor.ts'

/**
 * All products of an element of one vector with one of another: [M] and [N] → [M, N].
 * @throws ShapeError if an operand is not a vector.
 */
export function outer<M extends number, N extends number>(
  a: Tensor<readonly [M]>,
  b: Tensor<readonly [N]>,
): Tensor<[M, N], AnyDType> {
  if (a.rank !== 1 || b.rank !== 1)
    throw new ShapeError(`outer: takes two vectors, not ${showShape(a.shape)} and ${showShape(b.shape)}.`)
  return (a as Tensor).contract(b, {})
}
