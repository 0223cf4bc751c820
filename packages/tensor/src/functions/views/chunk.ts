import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import { normalizeAxis } from '../../shape.ts'
import type { Fits, ResultShape } from '../../shape-types/mismatch.ts'
import type { Reduce } from '../../shape-types/reduction.ts'
import type { Tensor } from '../../tensor.ts'
import { split } from '../split.ts'

/**
 * An axis in `count` parts of one size, rounded up: the last part is what is left, and there may be fewer parts.
 * @throws ShapeError if the count is not a positive integer.
 */
export function chunk<D extends DType>(x: Tensor<Shape, D>, count: number, axis: number): Tensor<AnyShape, D>[] {
  if (!Number.isInteger(count) || count < 1)
    throw new ShapeError(`chunk: ${count} parts of ${showShape(x.shape)}; the count must be a positive integer.`)
  const at = normalizeAxis('chunk', axis, x.rank)
  return split(x as Tensor, Math.max(1, Math.ceil(x.shape[at]! / count)), at)
}

/** The positions of an axis one by one, without that axis: the inverse of `stack`. */
export function unstack<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
): Tensor<ResultShape<Reduce<S, Axis>>, D>[] {
  const at = normalizeAxis('unstack', axis, x.rank)
  return Array.from({ length: x.shape[at]! }, (_, i): Tensor => (x as Tensor).select(at, i))
}
