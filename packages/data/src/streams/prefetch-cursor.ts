import type { Cursor, Json, OpenCursor } from './cursor.ts'

/** Has up to `count` items fetched before they are asked for, one after the other, while the consumer works. */
export function prefetchCursor<Item>(open: OpenCursor<Item>, count: number): OpenCursor<Item> {
  return async (place) => new PrefetchCursor(await open(place), count)
}

interface Fetched<Item> {
  readonly result: IteratorResult<Item, undefined>
  readonly after: Json
}

class PrefetchCursor<Item> implements Cursor<Item> {
  readonly #before: Cursor<Item>
  readonly #count: number
  readonly #fetches: Promise<Fetched<Item>>[] = []
  #lastFetch: Promise<unknown> = Promise.resolve()
  #from: Json
  #isOpen = true

  constructor(before: Cursor<Item>, count: number) {
    this.#before = before
    this.#count = count
    this.#from = before.state()
  }

  async next(): Promise<IteratorResult<Item, undefined>> {
    // One for the consumer, `count` beyond it.
    while (this.#fetches.length <= this.#count) this.#fetches.push(this.#fetch())
    const { result, after } = await this.#fetches.shift()!
    this.#from = after
    return result
  }

  #fetch(): Promise<Fetched<Item>> {
    const fetch = this.#lastFetch.then(async (last): Promise<Fetched<Item>> => {
      if (isEnd(last) || !this.#isOpen) return { result: { done: true, value: undefined }, after: this.#before.state() }
      const result = await this.#before.next()
      return { result, after: this.#before.state() }
    })
    // A failure is met by the consumer when its turn comes; until then it is not unhandled.
    fetch.catch(() => {})
    this.#lastFetch = fetch
    return fetch
  }

  state(): Json {
    return this.#from
  }

  async close(): Promise<void> {
    this.#isOpen = false
    await Promise.allSettled(this.#fetches)
    await this.#before.close()
  }
}

function isEnd(fetched: unknown): boolean {
  return (fetched as Fetched<unknown> | undefined)?.result.done === true
}
