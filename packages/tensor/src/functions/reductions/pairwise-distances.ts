import type { AnyDType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { norm } from './norm.ts'

/**
 * The distance of every row of `a` to every row of `b`: [..., P, M] and [..., R, M] → [..., P, R]. Leading axes broadcast.
 * @param options `order`: p of the norm, default 2.
 * @throws ShapeError if the rows differ in length.
 */
export function pairwiseDistances(
  a: Tensor,
  b: Tensor,
  options: { readonly order?: number } = {},
): Tensor<AnyShape, AnyDType> {
  if (a.rank < 2 || b.rank < 2 || a.shape.at(-1) !== b.shape.at(-1))
    throw new ShapeError(
      `pairwiseDistances: takes rows of one length, [..., P, M] and [..., R, M], not ${showShape(a.shape)} and ${showShape(b.shape)}.`,
    )
  return norm(a.unsqueeze(-2).subtract(b.unsqueeze(-3)) as Tensor, -1, options)
}
