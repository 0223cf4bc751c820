import type { DType } from '../../dtype.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import { normalizeAxis } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/**
 * Each element minus the one before it along an axis, which becomes one shorter.
 * @param options `times`: how often, default 1.
 */
export function difference<D extends DType>(
  x: Tensor<Shape, D>,
  axis: number,
  options: { readonly times?: number } = {},
): Tensor<AnyShape, D> {
  const at = normalizeAxis('difference', axis, x.rank)
  let result: Tensor = x
  for (let time = 0; time < (options.times ?? 1); time++) {
    const shorter = Math.max(0, result.shape[at] - 1)
    const later = result.narrow(at, result.shape[at] - shorter, shorter)
    const earlier = result.narrow(at, 0, shorter)
    result = result.dtype === 'bool' ? later.xor(earlier) : later.subtract(earlier)
  }
  return result
}
