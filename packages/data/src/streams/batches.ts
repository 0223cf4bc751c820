import type { Tensor } from '@neurite/tensor'
import type { Batch, Dataset, InMemoryDataset } from '../datasets/dataset.ts'
import { RandomStream } from '../random/random-stream.ts'
import { type Cursor, ended, type Place, savedFields } from './cursor.ts'
import { Stream } from './stream.ts'

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

/** Batches of a data set: a stream. Every walk through it is an epoch: the first is epoch 0, the next epoch 1, … */
export interface Batches<Fields extends readonly Tensor[], B extends number> extends Stream<Batch<Fields, B>> {
  /** Batches in an epoch. */
  readonly length: number
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
 * `state()` says how far a walk is and `resume(state)` goes on from there, at no cost.
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
  { batchSize, shuffle = false, seed = 0, dropLast = false }: BatchOptions,
): Batches<Fields, number> {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1)
    throw new RangeError(`batches: batchSize must be a positive integer; got ${batchSize}.`)
  const plan = { examples: dataset.length, batchSize, shuffle, seed, dropLast }
  return new DatasetBatches(dataset, plan) as Batches<Fields, number>
}

/** All that decides which examples a batch has. */
type BatchPlan = Required<BatchOptions> & { readonly examples: number }

function countBatches({ examples, batchSize, dropLast }: BatchPlan): number {
  return dropLast ? Math.floor(examples / batchSize) : Math.ceil(examples / batchSize)
}

class DatasetBatches<Fields extends readonly Tensor[]> extends Stream<Batch<Fields>> {
  readonly #open: (place: Place) => BatchWalk<Fields>

  constructor(dataset: Dataset<Fields>, plan: BatchPlan) {
    const open = (place: Place): BatchWalk<Fields> => new BatchWalk(dataset, plan, place)
    super(open, countBatches(plan))
    this.#open = open
  }

  override epoch(number: number): AsyncIterable<Batch<Fields>> & Iterable<Batch<Fields> | Promise<Batch<Fields>>> {
    return { ...super.epoch(number), [Symbol.iterator]: () => this.#open({ epoch: number }).batches() }
  }

  // The overloads of `batches` promise this only where the data set is in memory.
  [Symbol.iterator](): Iterator<Batch<Fields> | Promise<Batch<Fields>>> {
    const place = this.beginWalk()
    const walk = this.#open(place)
    return walk.batches((at) =>
      this.standAt(() => (at ? { epoch: place.epoch, at } : { epoch: place.epoch + 1, at: null })),
    )
  }
}

type SavedBatches = { readonly next: number; readonly of: BatchPlan }

class BatchWalk<Fields extends readonly Tensor[]> implements Cursor<Batch<Fields>> {
  readonly #dataset: Dataset<Fields>
  readonly #plan: BatchPlan
  readonly #epoch: number
  readonly #order: Int32Array
  #next: number

  constructor(dataset: Dataset<Fields>, plan: BatchPlan, { epoch, at }: Place) {
    const saved = savedFields<SavedBatches>('batches', at)
    if (saved !== undefined) expectSamePlan(saved.of, plan)
    this.#dataset = dataset
    this.#plan = plan
    this.#epoch = epoch
    this.#order = orderOf(plan, epoch)
    this.#next = saved?.next ?? 0
  }

  async next(): Promise<IteratorResult<Batch<Fields>, undefined>> {
    const batch = this.#take()
    return batch === undefined ? ended : { done: false, value: await batch }
  }

  *batches(
    standAt: (at: { batches: SavedBatches } | undefined) => void = () => {},
  ): Generator<Batch<Fields> | Promise<Batch<Fields>>> {
    for (let batch = this.#take(); batch !== undefined; batch = this.#take()) {
      standAt(this.state())
      yield batch
    }
    standAt(undefined)
  }

  #take(): Batch<Fields> | Promise<Batch<Fields>> | undefined {
    if (this.#next >= countBatches(this.#plan)) return undefined
    const start = this.#next++ * this.#plan.batchSize
    return this.#dataset.take(this.#order.subarray(start, start + this.#plan.batchSize), this.#epoch)
  }

  state(): { batches: SavedBatches } {
    return { batches: { next: this.#next, of: this.#plan } }
  }

  async close(): Promise<void> {}
}

function orderOf({ examples, shuffle, seed }: BatchPlan, epoch: number): Int32Array {
  const order = Int32Array.from({ length: examples }, (_, position) => position)
  if (shuffle) new RandomStream(seed, epoch).shuffle(order)
  return order
}

function expectSamePlan(saved: BatchPlan, plan: BatchPlan): void {
  const keys = ['examples', 'batchSize', 'shuffle', 'seed', 'dropLast'] as const
  const other = keys.filter((key) => saved?.[key] !== plan[key])
  if (other.length === 0) return
  const show = (of: BatchPlan) => other.map((key) => `${key} ${of?.[key]}`).join(', ')
  throw new RangeError(`resume: the walk was saved with ${show(saved)}; these batches have ${show(plan)}.`)
}
