import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { concatenate } from '../concatenate.ts'

/** What stands around a padded tensor; `zeros` has its own method, `pad`. */
export type PadMode =
  /** The elements beyond the edge in reverse, the edge itself not repeated: c b | a b c | b a. */
  | 'reflect'
  /** The edge: a a | a b c | c c. */
  | 'replicate'
  /** The elements from the other end: b c | a b c | a b. */
  | 'circular'

export interface PadAroundOptions {
  /** Elements before those of each axis; negative ones crop. */
  readonly low: readonly number[]
  /** Elements behind those of each axis; negative ones crop. */
  readonly high: readonly number[]
  readonly mode: PadMode
}

/**
 * A tensor with its own elements around it. Zeros or another value around it are `x.pad`.
 * @throws ShapeError if there is not one amount per axis, or an axis has not enough elements to pad with.
 */
export function padAround<D extends DType>(x: Tensor<Shape, D>, options: PadAroundOptions): Tensor<AnyShape, D> {
  const { low, high, mode } = options
  if (low.length !== x.rank || high.length !== x.rank)
    throw new ShapeError(
      `padAround: low and high need one entry for each of the ${x.rank} axes of ${showShape(x.shape)}.`,
    )
  return low.reduce<Tensor>((padded, before, axis) => padAxis(padded, axis, { before, after: high[axis]!, mode }), x)
}

interface Side {
  readonly before: number
  readonly after: number
  readonly mode: PadMode
}

function padAxis(x: Tensor, axis: number, { before, after, mode }: Side): Tensor {
  const length: number = x.shape[axis]
  checkAmounts(x.shape, axis, { before, after, mode })
  if (before <= 0 && after <= 0) return x.narrow(axis, Math.abs(before), length + before + after)
  const front = before > 0 ? [borders[mode].before(x, axis, before)] : []
  const back = after > 0 ? [borders[mode].after(x, axis, after)] : []
  const kept = x.narrow(axis, Math.max(0, -before), length + Math.min(0, before) + Math.min(0, after))
  return concatenate([...front, kept, ...back], axis)
}

type Border = (x: Tensor, axis: number, count: number) => Tensor

const borders: { readonly [Mode in PadMode]: { readonly before: Border; readonly after: Border } } = {
  reflect: {
    before: (x, axis, count) => x.narrow(axis, 1, count).flip(axis),
    after: (x, axis, count) => x.narrow(axis, x.shape[axis] - 1 - count, count).flip(axis),
  },
  replicate: {
    before: (x, axis, count) => spread(x.narrow(axis, 0, 1), axis, count),
    after: (x, axis, count) => spread(x.narrow(axis, x.shape[axis] - 1, 1), axis, count),
  },
  circular: {
    before: (x, axis, count) => x.narrow(axis, x.shape[axis] - count, count),
    after: (x, axis, count) => x.narrow(axis, 0, count),
  },
}

function spread(edge: Tensor, axis: number, count: number): Tensor {
  return edge.broadcastTo((edge.shape as Shape).map((length, i) => (i === axis ? count : length)))
}

function checkAmounts(shape: Shape, axis: number, { before, after, mode }: Side): void {
  const length = shape[axis]!
  const most = { reflect: length - 1, replicate: length === 0 ? 0 : Infinity, circular: length }[mode]
  if (!Number.isInteger(before) || !Number.isInteger(after) || length + before + after < 0)
    throw new ShapeError(`padAround: ${before} before and ${after} behind axis ${axis} of ${showShape(shape)}.`)
  if (Math.max(before, after) > most)
    throw new ShapeError(
      `padAround: ${Math.max(before, after)} elements around axis ${axis} of ${showShape(shape)}: '${mode}' has at most ${most}.`,
    )
}
