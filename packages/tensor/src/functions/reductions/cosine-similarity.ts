import type { AnyDType } from '../../dtype.ts'
import type { AnyShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { normalize } from './normalize.ts'

/**
 * The cosine of the angle between the vectors along an axis: a · b / (‖a‖ ‖b‖). The two broadcast; the axis disappears.
 * @param axis Default 1, counted in the common shape.
 * @param options `epsilon`: a norm counts as at least this, default 1e-8.
 */
export function cosineSimilarity(
  a: Tensor,
  b: Tensor,
  axis = 1,
  options: { readonly epsilon?: number } = {},
): Tensor<AnyShape, AnyDType> {
  const { epsilon = 1e-8 } = options
  // Counted from the end an axis is the same for operands of different rank.
  const at = axis < 0 ? axis : axis - Math.max(a.rank, b.rank)
  const left: Tensor = normalize(a, at, { epsilon })
  return left.multiply(normalize(b, at, { epsilon }) as Tensor).sum(at)
}
