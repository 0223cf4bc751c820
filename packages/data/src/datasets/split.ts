import type { Tensor } from '@neurite/tensor'
import { RandomStream } from '../random/random-stream.ts'
import type { Dataset, InMemoryDataset } from './dataset.ts'
import { subset } from './subset.ts'

export interface SplitOptions {
  /** An integer: the same seed splits the same way; 0 if not given. */
  readonly seed?: number
}

/**
 * Deals the examples randomly into parts, each example into exactly one.
 *
 * `sizes` are numbers of examples that add up to the data set's, or fractions that add up to 1: then each part gets
 * ⌊fraction · length⌋ examples, and those left over go to the first parts, one each.
 * @throws RangeError if the sizes do not add up.
 */
export function split<Fields extends readonly Tensor[], const Sizes extends readonly number[]>(
  dataset: InMemoryDataset<Fields>,
  sizes: Sizes,
  options?: SplitOptions,
): { [I in keyof Sizes]: InMemoryDataset<Fields> }
export function split<Fields extends readonly Tensor[], const Sizes extends readonly number[]>(
  dataset: Dataset<Fields>,
  sizes: Sizes,
  options?: SplitOptions,
): { [I in keyof Sizes]: Dataset<Fields> }
export function split<Fields extends readonly Tensor[]>(
  dataset: Dataset<Fields>,
  sizes: readonly number[],
  options?: SplitOptions,
): Dataset<Fields>[] {
  return dealPositions(dataset.length, sizes, options).map((positions) => subset(dataset, positions))
}

/** Deals the numbers below `length` randomly into parts of the sizes. */
export function dealPositions(length: number, sizes: readonly number[], { seed = 0 }: SplitOptions = {}): Int32Array[] {
  const positions = Int32Array.from({ length }, (_, position) => position)
  new RandomStream(seed).shuffle(positions)
  let start = 0
  return countsOf(sizes, length).map((count) => {
    start += count
    return positions.subarray(start - count, start)
  })
}

function countsOf(sizes: readonly number[], length: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (sizes.every((size) => Number.isInteger(size) && size >= 0) && total === length) return [...sizes]
  if (sizes.some((size) => !(size >= 0)) || Math.abs(total - 1) > 1e-9)
    throw new RangeError(
      `split: the sizes [${sizes.join(', ')}] add up to ${total}; they must be counts that add up to ${length}, ` +
        'the number of examples, or fractions that add up to 1.',
    )
  const counts = sizes.map((fraction) => Math.floor(fraction * length + 1e-9))
  const left = length - counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count, i) => count + Math.floor((left + sizes.length - 1 - i) / sizes.length))
}
