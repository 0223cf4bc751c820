import { RandomStream, type RandomStreamState } from '../random/random-stream.ts'
import { type Cursor, ended, type Json, type OpenCursor, placeBefore, savedFields } from './cursor.ts'

export interface ShuffleOptions {
  /** Items held in memory, of which the next is drawn: the larger, the better the mixing; a perfect shuffle if all fit. */
  readonly window: number
  /** An integer: the same seed shuffles the same way; 0 if not given. */
  readonly seed?: number
}

/**
 * Gives the items in an order that is random within a window: the next one is drawn from `window` items, and the source's next
 * takes its place. The state holds no items: it says where the oldest came from, and the window is read again from there.
 */
export function shuffleCursor<Item>(open: OpenCursor<Item>, { window, seed = 0 }: ShuffleOptions): OpenCursor<Item> {
  return async (place) => {
    const saved = savedFields<SavedShuffle>('shuffle', place.at)
    const before = await open(placeBefore(place, saved?.from))
    if (saved === undefined) return new ShuffleCursor(before, window, new RandomStream(seed, place.epoch))
    const cursor = new ShuffleCursor(before, window, RandomStream.restore(saved.random))
    await cursor.refill(saved.held, saved.ahead)
    return cursor
  }
}

type SavedShuffle = {
  readonly random: RandomStreamState
  /** The state of the step before in front of the oldest item held. */
  readonly from: Json
  /** The items held, in their order: how far each comes after the oldest. */
  readonly held: readonly number[]
  /** Items read since the oldest. */
  readonly ahead: number
}

interface HeldItem<Item> {
  readonly item: Item
  readonly index: number
  readonly from: Json
}

class ShuffleCursor<Item> implements Cursor<Item> {
  readonly #before: Cursor<Item>
  readonly #window: number
  readonly #random: RandomStream
  readonly #held: HeldItem<Item>[] = []
  #read = 0
  #hasEnded = false

  constructor(before: Cursor<Item>, window: number, random: RandomStream) {
    this.#before = before
    this.#window = window
    this.#random = random
  }

  async next(): Promise<IteratorResult<Item, undefined>> {
    while (this.#held.length < this.#window && !this.#hasEnded) {
      const item = await this.#readItem()
      if (item !== undefined) this.#held.push(item)
    }
    if (this.#held.length === 0) return ended
    const chosen = this.#random.below(this.#held.length)
    const { item } = this.#held[chosen]!
    const last = this.#held.pop()!
    if (chosen < this.#held.length) this.#held[chosen] = last
    return { done: false, value: item }
  }

  async refill(held: readonly number[], ahead: number): Promise<void> {
    const slotOf = new Map(held.map((index, slot) => [index, slot]))
    while (this.#read < ahead) {
      const item = await this.#readItem()
      if (item === undefined) throw new RangeError('resume: the source ends earlier than when the state was saved.')
      const slot = slotOf.get(item.index)
      if (slot !== undefined) this.#held[slot] = item
    }
  }

  async #readItem(): Promise<HeldItem<Item> | undefined> {
    const from = this.#before.state()
    const result = await this.#before.next()
    if (result.done) {
      this.#hasEnded = true
      return undefined
    }
    return { item: result.value, index: this.#read++, from }
  }

  state(): Json {
    const random = this.#random.state()
    if (this.#held.length === 0) return { shuffle: { random, from: this.#before.state(), held: [], ahead: 0 } }
    const oldest = this.#held.reduce((a, b) => (b.index < a.index ? b : a))
    const held = this.#held.map(({ index }) => index - oldest.index)
    return { shuffle: { random, from: oldest.from, held, ahead: this.#read - oldest.index } }
  }

  close(): Promise<void> {
    return this.#before.close()
  }
}
