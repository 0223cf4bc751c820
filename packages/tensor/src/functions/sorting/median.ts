import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { ReductionOptions } from '../../methods/reduction.ts'
import type { Shape } from '../../shape.ts'
import { normalizeAxis } from '../../shape.ts'
import type { Fits, ResultShape } from '../../shape-types/mismatch.ts'
import type { Reduce } from '../../shape-types/reduction.ts'
import type { Tensor } from '../../tensor.ts'
import { areNaN } from '../elementary/not-a-number.ts'
import type { ValuesAndIndices } from '../values-and-indices.ts'
import { argSort } from './sort.ts'

/**
 * The middle element along an axis, of two the lower, and its position (int32); the first NaN if there is one.
 * @throws ShapeError if the axis is empty.
 */
export function median<S extends Shape, D extends DType, Axis extends number, Keep extends boolean = false>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
  options: ReductionOptions<Keep> = {},
): ValuesAndIndices<ResultShape<Reduce<S, Axis, Keep>>, D> {
  const elements: Tensor = x
  const at = normalizeAxis('median', axis, x.rank)
  const length = x.shape[at]!
  if (length === 0)
    throw new ShapeError(
      `median: axis ${axis} of ${showShape(x.shape)} holds no elements, and of none there is no median.`,
    )
  const order: Tensor = argSort(elements, at)
  const isUnknown: Tensor = areNaN(elements)
  const middle = isUnknown
    .any(at, { keepAxes: true })
    .choose(isUnknown.argMax(at, { keepAxes: true }), order.narrow(at, (length - 1) >> 1, 1))
  const value = elements.takeAlongAxis(middle, at)
  if (options.keepAxes) return { values: value, indices: middle }
  return { values: value.squeeze(at), indices: middle.squeeze(at) }
}
