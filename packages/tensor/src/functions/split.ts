import { ShapeError, showShape } from '../errors.ts'
import { normalizeAxis } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/**
 * Parts of an axis, one after the other: of `sizes` positions each, the last part what is left; or of the listed sizes.
 * @throws ShapeError if the list does not add up to the axis, or a size is not positive.
 */
export function split(x: Tensor, sizes: number | readonly number[], axis: number): Tensor[] {
  const at = normalizeAxis('split', axis, x.rank)
  const length: number = x.shape[at]
  const lengths = typeof sizes === 'number' ? evenly(length, sizes) : sizes
  const total = lengths.reduce((sum, size) => sum + size, 0)
  if (total !== length)
    throw new ShapeError(
      `split: sizes ${showShape(lengths)} add up to ${total}, but axis ${axis} of ${showShape(x.shape)} has ${length}.`,
    )
  let start = 0
  return lengths.map((size) => {
    const part = x.narrow(at, start, size)
    start += size
    return part
  })
}

function evenly(length: number, size: number): number[] {
  if (!Number.isInteger(size) || size < 1) throw new ShapeError(`split: size ${size} is not a positive integer.`)
  const count = Math.max(1, Math.ceil(length / size))
  return Array.from({ length: count }, (_, part) => Math.min(size, length - part * size))
}
