import type { Tensor } from '@neurite/tensor'
import type { Batch, Dataset, InMemoryDataset } from './dataset.ts'
import { RandomStream } from './random-stream.ts'

export interface BatchOptions {
  /** Examples in a batch. */
  readonly batchSize: number
  /** A new order in every epoch; the data set's own order if not given. */
  readonly shuffle?: boolean
  /** An integer: the same seed shuffles the same way; 0 if not given. */
  readonly seed?: number
  /** Leaves out the last batch of an epoch if it would be smaller: then every batch has one static shape. */
  readonly dropLast?: boolean
}

/** The batch size as far as it is known statically: unless the last is dropped, a batch can be smaller. */
export type StaticBatchSize<Options extends BatchOptions> = Options extends { readonly dropLast: true }
  ? Options['batchSize']
  : number

/** Batches of a data set. Every walk through them is an epoch: the first is epoch 0, the next epoch 1, … */
export interface Batches<Fields extends readonly Tensor[], B extends number> extends AsyncIterable<Batch<Fields, B>> {
  /** Batches in an epoch. */
  readonly length: number
  /** The batches of a certain epoch, to go on where an earlier run ended; does not count as a walk. */
  epoch(number: number): AsyncIterable<Batch<Fields, B>>
}

/** Batches that need no waiting, for `for … of` as well as `for await … of`. */
export interface InMemoryBatches<Fields extends readonly Tensor[], B extends number>
  extends Batches<Fields, B>,
    Iterable<Batch<Fields, B>> {
  epoch(number: number): AsyncIterable<Batch<Fields, B>> & Iterable<Batch<Fields, B>>
}

/**
 * The data set's examples, `batchSize` at a time; in each epoch every example once, but for a dropped last batch.
 *
 *     for await (const [images, labels] of batches(dataset, { batchSize: 64, shuffle: true, dropLast: true })) …
 *
 * @throws RangeError if `batchSize` is no positive integer.
 */
export function batches<Fields extends readonly Tensor[], const Options extends BatchOptions>(
  dataset: InMemoryDataset<Fields>,
  options: Options,
): InMemoryBatches<Fields, StaticBatchSize<Options>>
export function batches<Fields extends readonly Tensor[], const Options extends BatchOptions>(
  dataset: Dataset<Fields>,
  options: Options,
): Batches<Fields, StaticBatchSize<Options>>
export function batches<Fields extends readonly Tensor[]>(
  dataset: Dataset<Fields>,
  options: BatchOptions,
): Batches<Fields, number> {
  const { batchSize, dropLast = false } = options
  if (!Number.isSafeInteger(batchSize) || batchSize < 1)
    throw new RangeError(`batches: batchSize must be a positive integer; got ${batchSize}.`)
  const length = dropLast ? Math.floor(dataset.length / batchSize) : Math.ceil(dataset.length / batchSize)
  const epoch = (number: number): EpochBatches<Fields> => {
    const order = orderOf(dataset.length, options, number)
    const take = (i: number) => dataset.take(order.subarray(i * batchSize, (i + 1) * batchSize))
    return { [Symbol.iterator]: () => walk(length, take), [Symbol.asyncIterator]: () => walkAsync(length, take) }
  }
  let epochsWalked = 0
  return {
    length,
    epoch,
    [Symbol.iterator]: () => epoch(epochsWalked++)[Symbol.iterator](),
    [Symbol.asyncIterator]: () => epoch(epochsWalked++)[Symbol.asyncIterator](),
  } as Batches<Fields, number>
}

// The overloads promise the synchronous walk only where the data set is in memory.
interface EpochBatches<Fields extends readonly Tensor[]> extends AsyncIterable<Batch<Fields>> {
  [Symbol.iterator](): Iterator<Batch<Fields> | Promise<Batch<Fields>>>
}

function orderOf(length: number, { shuffle = false, seed = 0 }: BatchOptions, epoch: number): Int32Array {
  const order = Int32Array.from({ length }, (_, position) => position)
  if (shuffle) new RandomStream(seed, epoch).shuffle(order)
  return order
}

function* walk<Item>(length: number, take: (i: number) => Item): Generator<Item, void, undefined> {
  for (let i = 0; i < length; i++) yield take(i)
}

async function* walkAsync<Item>(
  length: number,
  take: (i: number) => Item | Promise<Item>,
): AsyncGenerator<Item, void, undefined> {
  for (let i = 0; i < length; i++) yield await take(i)
}
