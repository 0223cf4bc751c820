import type { Tensor } from '@neurite/tensor'
import type { Batch, Dataset, InMemoryDataset } from './dataset.ts'

/**
 * The data set with `map` done to every batch that is taken; nothing is computed before. `map` gets the fields, each with the
 * batch's examples along its first axis, and gives the new ones, of the same examples.
 *
 *     mapDataset(digits, (images, labels) => [normalizeImages(images, imageStatistics.mnist), labels])
 */
export function mapDataset<Fields extends readonly Tensor[], const Mapped extends readonly Tensor[]>(
  dataset: InMemoryDataset<Fields>,
  map: (...fields: Batch<Fields>) => Mapped,
): InMemoryDataset<Mapped>
export function mapDataset<Fields extends readonly Tensor[], const Mapped extends readonly Tensor[]>(
  dataset: Dataset<Fields>,
  map: (...fields: Batch<Fields>) => Mapped | Promise<Mapped>,
): Dataset<Mapped>
export function mapDataset<Fields extends readonly Tensor[], Mapped extends readonly Tensor[]>(
  dataset: Dataset<Fields>,
  map: (...fields: Batch<Fields>) => Mapped | Promise<Mapped>,
): Dataset<Mapped> {
  const checked = (batch: Batch<Fields>, count: number) => {
    const mapped = map(...batch)
    return mapped instanceof Promise ? mapped.then((all) => expectCount(all, count)) : expectCount(mapped, count)
  }
  return {
    length: dataset.length,
    take(positions, epoch) {
      const batch = dataset.take(positions, epoch)
      const mapped =
        batch instanceof Promise
          ? batch.then((fields) => checked(fields, positions.length))
          : checked(batch, positions.length)
      return mapped as Batch<Mapped> | Promise<Batch<Mapped>>
    },
  }
}

function expectCount<Mapped extends readonly Tensor[]>(mapped: Mapped, count: number): Mapped {
  for (const [field, { shape }] of mapped.entries())
    if (shape[0] !== count)
      throw new RangeError(
        `mapDataset: field ${field} has the shape [${shape.join(', ')}]; its first axis must count the batch's ${count} examples.`,
      )
  return mapped
}
