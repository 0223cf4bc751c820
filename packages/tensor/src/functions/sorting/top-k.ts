import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { Shape } from '../../shape.ts'
import { normalizeAxis } from '../../shape.ts'
import type { Fits, ResultShape } from '../../shape-types/mismatch.ts'
import type { Resize } from '../../shape-types/movement.ts'
import type { Tensor } from '../../tensor.ts'
import type { ValuesAndIndices } from '../values-and-indices.ts'
import { argSort } from './sort.ts'

export interface TopKOptions<Axis extends number = number> {
  /** Default: the last. */
  readonly axis?: Axis
  /** The largest elements (default), or the smallest. */
  readonly largest?: boolean
}

/**
 * The k largest elements along an axis in falling order, or the k smallest in rising order, and their positions (int32).
 *
 * Of equal elements the first comes first; NaN counts as the largest. The gradient goes to the elements themselves.
 * @throws ShapeError if the axis has fewer than k elements.
 */
export function topK<S extends Shape, D extends DType, K extends number, Axis extends number = -1>(
  x: Tensor<S, D>,
  k: K & Fits<Resize<S, Axis, K>>,
  options: TopKOptions<Axis> = {},
): ValuesAndIndices<ResultShape<Resize<S, Axis, K>>, D> {
  const { axis = -1, largest = true } = options
  const at = normalizeAxis('topK', axis, x.rank)
  if (!Number.isInteger(k) || k < 0 || k > x.shape[at]!)
    throw new ShapeError(`topK: ${k} elements of axis ${axis} of ${showShape(x.shape)}, which has ${x.shape[at]}.`)
  const order: Tensor = argSort(x as Tensor, at, { descending: largest })
  const indices = order.narrow(at, 0, k as number)
  return { values: (x as Tensor).takeAlongAxis(indices, at), indices }
}
