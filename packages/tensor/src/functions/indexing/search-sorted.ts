import { zeros } from '../../create.ts'
import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/**
 * How many of the ascending `boundaries` lie below each element: the place where it would be inserted, or the bucket that it falls
 * into (int32). NaN lies above all. By binary search: about log₂ n steps for n boundaries.
 * @param options `right`: a boundary equal to the element counts as below it. Default false.
 * @throws ShapeError if the boundaries are not a vector.
 */
export function searchSorted<S extends Shape>(
  boundaries: Tensor,
  x: Tensor<S, DType>,
  options: { readonly right?: boolean } = {},
): Tensor<S, 'int32'> {
  if (boundaries.rank !== 1)
    throw new ShapeError(`searchSorted: boundaries must be a vector, not ${showShape(boundaries.shape)}.`)
  const elements: Tensor = x
  const count = boundaries.size
  const shape: Shape = x.shape
  let below: Tensor = zeros(shape, 'int32')
  for (let step = 2 ** Math.floor(Math.log2(Math.max(1, count))); step >= 1 && count > 0; step /= 2) {
    const candidate = below.add(step)
    const boundary = boundaries.take(candidate.minimum(count).subtract(1), 0)
    const isAbove = options.right ? elements.less(boundary) : elements.lessEqual(boundary)
    below = candidate.lessEqual(count).and(isAbove.not()).choose(candidate, below)
  }
  return below
}
