import type { Tensor } from '@neurite/tensor'
import type { Batch, Dataset, InMemoryDataset } from './dataset.ts'
import { subset } from './subset.ts'

const examplesAtOnce = 256

/** Truth values, or numbers that are not 0, for the examples of a batch. */
export type KeepExamples<Fields extends readonly Tensor[]> = (
  ...fields: Batch<Fields>
) => ArrayLike<number | boolean> | Promise<ArrayLike<number | boolean>>

/**
 * The examples that `keep` is true of, as a data set of its own. All are looked at now, many at a time: `keep` gets the fields of
 * a batch and gives a truth value, or a number that is not 0, for each of its examples.
 *
 *     await filterDataset(digits, (images, labels) => labels.less(5).data())
 */
export function filterDataset<Fields extends readonly Tensor[]>(
  dataset: InMemoryDataset<Fields>,
  keep: KeepExamples<Fields>,
): Promise<InMemoryDataset<Fields>>
export function filterDataset<Fields extends readonly Tensor[]>(
  dataset: Dataset<Fields>,
  keep: KeepExamples<Fields>,
): Promise<Dataset<Fields>>
export async function filterDataset<Fields extends readonly Tensor[]>(
  dataset: Dataset<Fields>,
  keep: KeepExamples<Fields>,
): Promise<Dataset<Fields>> {
  const kept: number[] = []
  for (let start = 0; start < dataset.length; start += examplesAtOnce) {
    const count = Math.min(examplesAtOnce, dataset.length - start)
    const positions = Array.from({ length: count }, (_, i) => start + i)
    const marks = await keep(...(await dataset.take(positions)))
    if (marks.length !== count)
      throw new RangeError(`filterDataset: keep gave ${marks.length} truth values for ${count} examples.`)
    kept.push(...positions.filter((_, i) => marks[i]))
  }
  return subset(dataset, kept)
}
