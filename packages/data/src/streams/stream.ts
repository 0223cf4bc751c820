import { batchCursor } from './batch-cursor.ts'
import { concatenateCursor } from './concatenate-cursor.ts'
import type { Cursor, Json, OpenCursor, Place } from './cursor.ts'
import { filterCursor, type KeepItem } from './filter-cursor.ts'
import { type ExpandItem, flatMapCursor } from './flat-map-cursor.ts'
import { iterableCursor, type StreamSource } from './iterable-cursor.ts'
import { type MapItem, mapCursor } from './map-cursor.ts'
import { prefetchCursor } from './prefetch-cursor.ts'
import { skipCursor, takeCursor } from './range-cursor.ts'
import { repeatCursor } from './repeat-cursor.ts'
import { type ShuffleOptions, shuffleCursor } from './shuffle-cursor.ts'
import { zipCursor } from './zip-cursor.ts'

/** How far a stream has been walked: plain JSON, to be saved beside a model. */
export interface StreamState {
  readonly epoch: number
  /** How far in the epoch; null at its start. */
  readonly at: Json
}

export interface MapOptions {
  /** Items under way at once, where the function is asynchronous; they stay in order. 1 if not given. */
  readonly concurrency?: number
}

/** A list of `B` items. */
export type ItemBatch<Item, B extends number> = readonly Item[] & { readonly length: B }

/**
 * Items that come one after the other, walked with `for await`. Every walk is an epoch: the first is epoch 0, the next epoch 1, …
 * Steps make new streams and read nothing until they are walked.
 *
 *     for await (const rows of readCsv(file).filter((row) => row.age > 0).shuffle({ window: 1000 }).batch(32)) …
 *
 * A walk can be saved and resumed exactly: `state()` says how far it is, and a stream that is built the same way goes on from there
 * after `resume(state)`. For that, sources and functions must give the same for the same epoch.
 */
export class Stream<Item> implements AsyncIterable<Item> {
  /** Items in an epoch, where it is known beforehand. */
  readonly length: number | undefined
  readonly #open: OpenCursor<Item>
  #next: Place = { epoch: 0 }
  #state: () => StreamState = () => ({ epoch: this.#next.epoch, at: this.#next.at ?? null })

  /** A stream over a cursor of one's own; `Stream.from` makes one from anything iterable. */
  constructor(open: OpenCursor<Item>, length?: number) {
    this.#open = open
    this.length = length
  }

  /**
   * The items of something iterable, or of what a function makes for each epoch.
   *
   *     Stream.from([1, 2, 3])
   *     Stream.from(async function* () { … })
   */
  static from<Item>(source: StreamSource<Item>): Stream<Item> {
    return new Stream(iterableCursor(source), Array.isArray(source) ? source.length : undefined)
  }

  /** How far the last walk has come: the item handed out last counts as done. The epoch after it if it was the last. */
  state(): StreamState {
    return this.#state()
  }

  /**
   * Lets the next walk go on where another stood, with exactly the items that it would have had next; the walks after it are the
   * epochs after it. Gives the stream itself.
   * @throws RangeError if `state` is none. That it belongs to another stream shows when the walk begins.
   */
  resume(state: StreamState): this {
    if (!Number.isSafeInteger(state?.epoch) || state.epoch < 0 || state.at === undefined)
      throw new RangeError(`resume: expected { epoch, at } as state() gives it; got ${JSON.stringify(state)}.`)
    this.#next = { epoch: state.epoch, at: state.at }
    this.#state = () => state
    return this
  }

  /** The items of a certain epoch; does not count as a walk. */
  epoch(number: number): AsyncIterable<Item> {
    return { [Symbol.asyncIterator]: () => this.#walk({ epoch: number }, () => {}) }
  }

  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    return this.#walk(this.beginWalk(), (state) => this.standAt(state))
  }

  /** @internal A walk of one's own, apart from `state` and the epochs. */
  async openAt(place: Place): Promise<Cursor<Item>> {
    return this.#open(place)
  }

  /** @internal The place of the next walk, which begins now. */
  protected beginWalk(): Place {
    const place = this.#next
    this.#next = { epoch: place.epoch + 1 }
    return place
  }

  /** @internal What `state` gives from now on. */
  protected standAt(state: () => StreamState): void {
    this.#state = state
  }

  async *#walk(place: Place, standAt: (state: () => StreamState) => void): AsyncGenerator<Item, void, undefined> {
    const cursor = await this.#open(place)
    const { epoch } = place
    try {
      standAt(() => ({ epoch, at: cursor.state() }))
      for (let result = await cursor.next(); !result.done; result = await cursor.next()) yield result.value
      standAt(() => ({ epoch: epoch + 1, at: null }))
    } finally {
      await cursor.close()
    }
  }

  /**
   * `map(item, { epoch, index })` of every item. Random numbers should be drawn from `new RandomStream(seed, …)` of the place,
   * so that they do not depend on what was walked before.
   */
  map<Mapped>(map: MapItem<Item, Mapped>, { concurrency = 1 }: MapOptions = {}): Stream<Mapped> {
    return new Stream(mapCursor(this.#open, map, expectCount('map: concurrency', concurrency, 1)), this.length)
  }

  /** The items that `keep` is true of. */
  filter<Kept extends Item>(keep: (item: Item) => item is Kept): Stream<Kept>
  filter(keep: KeepItem<Item>): Stream<Item>
  filter(keep: KeepItem<Item>): Stream<Item> {
    return new Stream(filterCursor(this.#open, keep))
  }

  /** The parts that `expand` makes of every item, one after the other. */
  flatMap<Part>(expand: ExpandItem<Item, Part>): Stream<Part> {
    return new Stream(flatMapCursor(this.#open, expand))
  }

  /** Lists of `size` items. The last is shorter if they do not come out even, or left out with `dropLast`. */
  batch<const Size extends number>(size: Size, options: { readonly dropLast: true }): Stream<ItemBatch<Item, Size>>
  batch(size: number, options?: { readonly dropLast?: boolean }): Stream<readonly Item[]>
  batch(size: number, { dropLast = false }: { readonly dropLast?: boolean } = {}): Stream<readonly Item[]> {
    expectCount('batch: size', size, 1)
    const count = this.length === undefined ? undefined : this.length / size
    const length = count && (dropLast ? Math.floor(count) : Math.ceil(count))
    return new Stream<readonly Item[]>(batchCursor(this.#open, size, dropLast), length)
  }

  /**
   * The items in an order that is random within a window of them, another in every epoch.
   * @throws RangeError if `window` is no positive integer.
   */
  shuffle(options: ShuffleOptions): Stream<Item> {
    expectCount('shuffle: window', options.window, 1)
    return new Stream(shuffleCursor(this.#open, options), this.length)
  }

  /** The first `count` items. */
  take(count: number): Stream<Item> {
    expectCount('take: count', count, 0)
    return new Stream(takeCursor(this.#open, count), this.length && Math.min(count, this.length))
  }

  /** All items but the first `count`. */
  skip(count: number): Stream<Item> {
    expectCount('skip: count', count, 0)
    return new Stream(skipCursor(this.#open, count), this.length && Math.max(0, this.length - count))
  }

  /** The items of this stream, then those of `others`. */
  concatenate<Other>(...others: readonly Stream<Other>[]): Stream<Item | Other> {
    const parts: readonly Stream<Item | Other>[] = [this as Stream<Item | Other>, ...(others as Stream<Item | Other>[])]
    const lengths = parts.map(({ length }) => length)
    const length = lengths.reduce<number | undefined>(
      (sum, n) => (sum === undefined || n === undefined ? n && sum : sum + n),
      0,
    )
    return new Stream(concatenateCursor(parts.map((part) => part.#open)), length)
  }

  /** Pairs of an item of this stream and one of `other`, until one of them ends. */
  zip<Other>(other: Stream<Other>): Stream<readonly [Item, Other]> {
    const length = this.length === undefined ? undefined : other.length && Math.min(this.length, other.length)
    return new Stream(zipCursor(this.#open, other.#open), length)
  }

  /** The stream `times` times over, or for ever; each round is an epoch of its own for its shuffles. */
  repeat(times: number = Infinity): Stream<Item> {
    if (times !== Infinity) expectCount('repeat: times', times, 0)
    return new Stream(
      repeatCursor(this.#open, times),
      Number.isFinite(times) ? this.length && times * this.length : undefined,
    )
  }

  /** The same items, up to `count` of them fetched before they are asked for, in this thread. */
  prefetch(count: number): Stream<Item> {
    return new Stream(prefetchCursor(this.#open, expectCount('prefetch: count', count, 1)), this.length)
  }

  /** All items of the next epoch. */
  async toArray(): Promise<Item[]> {
    const items: Item[] = []
    for await (const item of this) items.push(item)
    return items
  }
}

function expectCount(what: string, count: number, least: number): number {
  if (!Number.isSafeInteger(count) || count < least)
    throw new RangeError(`${what} must be an integer of at least ${least}; got ${count}.`)
  return count
}
