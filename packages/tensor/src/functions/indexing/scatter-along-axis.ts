import { iota } from '../../create.ts'
import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { Shape } from '../../shape.ts'
import { normalizeAxis, sameShape, sizeOf } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { scatterAdd } from '../scatter-add.ts'

/** Updates, and where they go along an axis: update […, i, …] to […, indices[…, i, …], …]. */
export interface ScatterOptions {
  /** Integers in the shape of the updates, none of whose axes but `axis` may be longer than the tensor's. */
  readonly indices: Tensor
  readonly updates: Tensor
  readonly axis: number
}

/**
 * x with the updates added at their places; those of equal places add up. The adjoint of `takeAlongAxis`.
 * @throws ShapeError if the shapes do not fit. An index outside the axis is an error when the value is computed.
 */
export function scatterAddAlongAxis<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options: ScatterOptions,
): Tensor<S, D> {
  const shape: Shape = x.shape
  return (x as Tensor).add(scattered('scatterAddAlongAxis', shape, options, options.updates.cast(x.dtype)))
}

/**
 * x with elements replaced by the updates at their places, which must differ: those of equal places add up.
 * @throws ShapeError if the shapes do not fit. An index outside the axis is an error when the value is computed.
 */
export function scatterAlongAxis<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options: ScatterOptions,
): Tensor<S, D> {
  const shape: Shape = x.shape
  const name = 'scatterAlongAxis'
  const hits = scattered(name, shape, options, options.indices.equal(options.indices).cast('int32'))
  return hits.greater(0).choose(scattered(name, shape, options, options.updates.cast(x.dtype)), x)
}

/** Zeros with `updates` added at their places. */
function scattered(operation: string, shape: Shape, { indices, axis }: ScatterOptions, updates: Tensor): Tensor {
  const at = normalizeAxis(operation, axis, shape.length)
  if (!sameShape(indices.shape, updates.shape))
    throw new ShapeError(
      `${operation}: indices ${showShape(indices.shape)} and updates ${showShape(updates.shape)} need one shape.`,
    )
  // Where the elements lie row-major, taken along the axis: that also checks indices and shapes.
  const positions: Tensor = iota([sizeOf(shape)], 0).reshape(shape)
  const targets = positions.takeAlongAxis(indices, at)
  return scatterAdd(updates.flatten(), targets.flatten(), { axis: 0, size: sizeOf(shape) }).reshape(shape)
}
