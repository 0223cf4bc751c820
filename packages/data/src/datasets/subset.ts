import type { Tensor } from '@neurite/tensor'
import type { Dataset, InMemoryDataset } from './dataset.ts'

/**
 * The examples at the positions, as a data set of its own.
 * @throws RangeError if a position is not one of the data set's.
 */
export function subset<Fields extends readonly Tensor[]>(
  dataset: InMemoryDataset<Fields>,
  positions: ArrayLike<number>,
): InMemoryDataset<Fields>
export function subset<Fields extends readonly Tensor[]>(
  dataset: Dataset<Fields>,
  positions: ArrayLike<number>,
): Dataset<Fields>
export function subset<Fields extends readonly Tensor[]>(
  dataset: Dataset<Fields>,
  positions: ArrayLike<number>,
): Dataset<Fields> {
  const chosen = Array.from(positions)
  const outside = chosen.find((position) => !isPosition(position, dataset.length))
  if (outside !== undefined)
    throw new RangeError(
      `subset: position ${outside} is none of ${dataset.length} examples, 0 to ${dataset.length - 1}.`,
    )
  return {
    length: chosen.length,
    take: (wanted, epoch) =>
      dataset.take(
        Array.from(wanted, (position) => chosen[position]!),
        epoch,
      ),
  }
}

function isPosition(position: number, length: number): boolean {
  return Number.isInteger(position) && position >= 0 && position < length
}
