import type { EpochedData } from 'neurite'

/** `count` batches an epoch that are drawn at random: `drawing` is given the epoch's number, and makes what draws each of its batches. */
export function randomBatches<Batch>(
  count: number,
  drawing: (epoch: number) => () => Batch,
): EpochedData<Batch> & { readonly length: number } {
  return {
    length: count,
    *epoch(number) {
      const draw = drawing(number)
      for (let batch = 0; batch < count; batch++) yield draw()
    },
  }
}
