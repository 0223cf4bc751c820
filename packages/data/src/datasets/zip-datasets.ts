import type { Tensor } from '@neurite/tensor'
import type { Batch, Dataset, InMemoryDataset } from './dataset.ts'

/**
 * The examples of two data sets side by side: the fields of the first, then those of the second.
 * @throws RangeError if they differ in length.
 */
export function zipDatasets<A extends readonly Tensor[], B extends readonly Tensor[]>(
  first: InMemoryDataset<A>,
  second: InMemoryDataset<B>,
): InMemoryDataset<readonly [...A, ...B]>
export function zipDatasets<A extends readonly Tensor[], B extends readonly Tensor[]>(
  first: Dataset<A>,
  second: Dataset<B>,
): Dataset<readonly [...A, ...B]>
export function zipDatasets<A extends readonly Tensor[], B extends readonly Tensor[]>(
  first: Dataset<A>,
  second: Dataset<B>,
): Dataset<readonly [...A, ...B]> {
  if (first.length !== second.length)
    throw new RangeError(
      `zipDatasets: the first has ${first.length} examples, the second ${second.length}; they must be the same.`,
    )
  const join = (a: Batch<A>, b: Batch<B>) => [...a, ...b] as unknown as Batch<readonly [...A, ...B]>
  return {
    length: first.length,
    take(positions, epoch) {
      const a = first.take(positions, epoch)
      const b = second.take(positions, epoch)
      if (!(a instanceof Promise) && !(b instanceof Promise)) return join(a, b)
      return Promise.all([a, b]).then(([a, b]) => join(a, b))
    },
  }
}
