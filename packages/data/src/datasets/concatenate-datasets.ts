import { concatenate, type Tensor, tensor } from '@neurite/tensor'
import type { Batch, Dataset, InMemoryDataset } from './dataset.ts'

/**
 * The examples of all data sets as one, those of the first in front.
 * @throws RangeError if there is no data set.
 */
export function concatenateDatasets<Fields extends readonly Tensor[]>(
  ...datasets: readonly InMemoryDataset<Fields>[]
): InMemoryDataset<Fields>
export function concatenateDatasets<Fields extends readonly Tensor[]>(
  ...datasets: readonly Dataset<Fields>[]
): Dataset<Fields>
export function concatenateDatasets<Fields extends readonly Tensor[]>(
  ...datasets: readonly Dataset<Fields>[]
): Dataset<Fields> {
  if (datasets.length === 0) throw new RangeError('concatenateDatasets: there is no data set.')
  const ends: number[] = []
  for (const { length } of datasets) ends.push((ends.at(-1) ?? 0) + length)
  return {
    length: ends.at(-1)!,
    take(positions, epoch) {
      const parts = datasets.map((): { rows: number[]; positions: number[] } => ({ rows: [], positions: [] }))
      for (let row = 0; row < positions.length; row++) {
        const which = ends.findIndex((end) => positions[row]! < end)
        parts[which]!.rows.push(row)
        parts[which]!.positions.push(positions[row]! - ends[which]! + datasets[which]!.length)
      }
      const used = datasets
        .map((dataset, which) => ({ dataset, ...parts[which]! }))
        .filter(({ rows }) => rows.length > 0)
      if (used.length <= 1) return (used[0]?.dataset ?? datasets[0]!).take(used[0]?.positions ?? [], epoch)
      const order = rowsInOrder(used.flatMap(({ rows }) => rows))
      const taken = used.map((part) => part.dataset.take(part.positions, epoch))
      return taken.some((batch) => batch instanceof Promise)
        ? Promise.all(taken).then((all) => join(all as Batch<Fields>[], order))
        : join(taken as Batch<Fields>[], order)
    },
  }
}

/** Where each row of the batch stands among the parts' rows. */
function rowsInOrder(rows: readonly number[]): Int32Array {
  const order = new Int32Array(rows.length)
  for (const [at, row] of rows.entries()) order[row] = at
  return order
}

function join<Fields extends readonly Tensor[]>(parts: readonly Batch<Fields>[], order: Int32Array): Batch<Fields> {
  const fields = (parts[0] as readonly Tensor[]).map((_, field) =>
    concatenate(
      parts.map((part) => (part as readonly Tensor[])[field]!),
      0,
    ).take(tensor(order), 0),
  )
  return fields as unknown as Batch<Fields>
}
