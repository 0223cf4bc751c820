import type { DType, Floating } from '../../dtype.ts'
import { floatingOf, isFloating } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import { tensor } from '../../from-data.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import type { PerAxis } from '../../shape-types/convolution.ts'
import type { Tensor } from '../../tensor.ts'
import { spatialList } from '../spatial-axes.ts'

/**
 * The mean of each of `outputSize` windows per spatial axis, which together cover it: x [N, C, ...spatial] → [N, C, ...outputSize].
 *
 * Window i of an axis of length L, of n, goes from ⌊i · L / n⌋ to ⌈(i + 1) · L / n⌉, as in PyTorch.
 * @throws ShapeError if there are no spatial axes, or the sizes are not positive integers.
 */
export function adaptiveAveragePool<D extends DType>(
  x: Tensor<Shape, D>,
  outputSize: PerAxis,
): Tensor<AnyShape, Floating<D>> {
  return sizesOf('adaptiveAveragePool', x.shape, outputSize).reduce<Tensor>(
    (pooled, size, i) => {
      const { windows, isInside, axis } = windowsOf(pooled, size, i + 2)
      const counts = isInside.cast(pooled.dtype).sum(1, { keepAxes: true })
      return isInside
        .choose(windows, 0)
        .divide(counts)
        .sum(axis + 1)
    },
    x.cast(floatingOf(x.dtype)),
  )
}

/**
 * The largest element of each of `outputSize` windows per spatial axis; the windows are those of `adaptiveAveragePool`.
 * @throws ShapeError if there are no spatial axes, or the sizes are not positive integers.
 */
export function adaptiveMaxPool<D extends DType>(x: Tensor<Shape, D>, outputSize: PerAxis): Tensor<AnyShape, D> {
  const smallest = isFloating(x.dtype) ? -Infinity : x.dtype === 'int32' ? -(2 ** 31) : 0
  // From the last axis on, so that among equals the first, row-major, takes the gradient.
  return sizesOf('adaptiveMaxPool', x.shape, outputSize).reduceRight<Tensor>((pooled, size, i) => {
    const { windows, isInside, axis } = windowsOf(pooled, size, i + 2)
    return isInside.choose(windows, smallest).max(axis + 1, { ties: 'first' })
  }, x)
}

function sizesOf(operation: string, shape: Shape, outputSize: PerAxis): Shape {
  if (shape.length < 3) throw new ShapeError(`${operation}: takes [N, C, ...spatial], not ${showShape(shape)}.`)
  const sizes = spatialList(operation, shape.length - 2)('outputSize', outputSize)
  if (sizes.some((size) => !Number.isInteger(size) || size < 1) || shape.slice(2).includes(0))
    throw new ShapeError(
      `${operation}: ${showShape(shape)} cannot be pooled to ${showShape(sizes)}: sizes must be positive.`,
    )
  return sizes
}

/** The axis replaced by one of windows and one of their elements, those of short windows filled up. */
function windowsOf(x: Tensor, count: number, axis: number): { windows: Tensor; isInside: Tensor; axis: number } {
  const length: number = x.shape[axis]
  const starts = Array.from({ length: count }, (_, i) => Math.floor((i * length) / count))
  const stops = starts.map((_, i) => Math.ceil(((i + 1) * length) / count))
  const longest = Math.max(...starts.map((start, i) => stops[i]! - start))
  const places = starts.flatMap((start) => Array.from({ length: longest }, (_, k) => start + k))
  const inside = places.map((place, i) => (place < stops[Math.floor(i / longest)]! ? 1 : 0))
  const indices: Tensor = tensor(Int32Array.from(places, (place) => Math.min(place, length - 1))) as Tensor
  const isInside: Tensor = tensor(Uint8Array.from(inside)) as Tensor
  return {
    windows: x.take(indices.reshape([count, longest]), axis),
    isInside: isInside.cast('bool').reshape([count, longest, ...x.shape.slice(axis + 1).map(() => 1)]),
    axis,
  }
}
