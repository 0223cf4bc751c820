import type { DType } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { Shape } from '../shape.ts'
import { normalizeAxis } from '../shape.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Resize } from '../shape-types/movement.ts'
import type { Reduce } from '../shape-types/reduction.ts'
import type { Tensor } from '../tensor.ts'

/**
 * Parts of an axis, one after the other: of `sizes` positions each, the last part what is left; or of the listed sizes.
 * @throws ShapeError if the list does not add up to the axis, or a size is not positive.
 */
export function split<
  S extends Shape,
  D extends DType,
  const Sizes extends number | readonly number[],
  Axis extends number,
>(x: Tensor<S, D>, sizes: Sizes, axis: Axis & Fits<Reduce<S, Axis>>): Parts<S, D, Sizes, Axis> {
  const at = normalizeAxis('split', axis, x.rank)
  const length = x.shape[at]!
  const list: number | readonly number[] = sizes
  const lengths = typeof list === 'number' ? evenly(length, list) : list
  const total = lengths.reduce((sum, size) => sum + size, 0)
  if (total !== length)
    throw new ShapeError(
      `split: sizes ${showShape(lengths)} add up to ${total}, but axis ${axis} of ${showShape(x.shape)} has ${length}.`,
    )
  let start = 0
  const parts: Tensor[] = lengths.map((size) => {
    const part: Tensor = (x as Tensor).narrow(at, start, size)
    start += size
    return part
  })
  return parts as Parts<S, D, Sizes, Axis>
}

/** A list of as many parts as there are sizes, where that is known. */
type Parts<S extends Shape, D extends DType, Sizes, Axis extends number> = Sizes extends readonly number[]
  ? 0 extends Sizes
    ? Tensor[]
    : { -readonly [Part in keyof Sizes]: Tensor<ResultShape<Resize<S, Axis, Sizes[Part] & number>>, D> }
  : Tensor<ResultShape<Resize<S, Axis, number>>, D>[]

function evenly(length: number, size: number): number[] {
  if (!Number.isInteger(size) || size < 1) throw new ShapeError(`split: size ${size} is not a positive integer.`)
  const count = Math.max(1, Math.ceil(length / size))
  return Array.from({ length: count }, (_, part) => Math.min(size, length - part * size))
}
