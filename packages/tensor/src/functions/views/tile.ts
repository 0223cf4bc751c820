import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import { normalizeAxis } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/**
 * The whole tensor side by side with itself, `counts[i]` times along axis i.
 * @param counts Aligned at the end, as in broadcasting: missing leading ones are 1, further ones add axes.
 * @throws ShapeError if a count is not a non-negative integer.
 */
export function tile<D extends DType>(x: Tensor<Shape, D>, counts: readonly number[]): Tensor<AnyShape, D> {
  checkCounts('tile', counts)
  const rank = Math.max(x.rank, counts.length)
  const lengths = [...Array.from({ length: rank - x.rank }, () => 1), ...x.shape]
  const times = [...Array.from({ length: rank - counts.length }, () => 1), ...counts]
  return (x as Tensor)
    .reshape(lengths.flatMap((length) => [1, length]))
    .broadcastTo(lengths.flatMap((length, axis) => [times[axis]!, length]))
    .reshape(lengths.map((length, axis) => length * times[axis]!))
}

/**
 * Every element `count` times in a row along an axis: numpy's `repeat`, PyTorch's `repeat_interleave`.
 * @throws ShapeError if the count is not a non-negative integer.
 */
export function repeat<D extends DType>(x: Tensor<Shape, D>, count: number, axis: number): Tensor<AnyShape, D> {
  checkCounts('repeat', [count])
  const at = normalizeAxis('repeat', axis, x.rank)
  const before: Shape = x.shape.slice(0, at + 1)
  const after: Shape = x.shape.slice(at + 1)
  return (x as Tensor)
    .unsqueeze(at + 1)
    .broadcastTo([...before, count, ...after])
    .flatten(at, at + 1)
}

function checkCounts(operation: string, counts: readonly number[]): void {
  if (counts.some((count) => !Number.isInteger(count) || count < 0))
    throw new ShapeError(`${operation}: counts ${showShape(counts)} must be non-negative integers.`)
}
