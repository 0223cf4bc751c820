import { type Cursor, ended, type Json, type OpenCursor, placeBefore, savedFields } from './cursor.ts'

export type ExpandItem<Item, Part> = (item: Item) => Iterable<Part> | AsyncIterable<Part>

/** Gives the parts of every item, one after the other. It goes on in the middle of an item by making its parts again. */
export function flatMapCursor<Item, Part>(open: OpenCursor<Item>, expand: ExpandItem<Item, Part>): OpenCursor<Part> {
  return async (place) => {
    const saved = savedFields<{ part: number; from: Json }>('flatMap', place.at)
    const cursor = new FlatMapCursor(await open(placeBefore(place, saved?.from)), expand)
    for (let part = 0; part < (saved?.part ?? 0); part++) await cursor.next()
    return cursor
  }
}

class FlatMapCursor<Item, Part> implements Cursor<Part> {
  readonly #before: Cursor<Item>
  readonly #expand: ExpandItem<Item, Part>
  #parts: Iterator<Part> | AsyncIterator<Part> | undefined
  #from: Json
  #part = 0

  constructor(before: Cursor<Item>, expand: ExpandItem<Item, Part>) {
    this.#before = before
    this.#expand = expand
    this.#from = before.state()
  }

  async next(): Promise<IteratorResult<Part, undefined>> {
    for (;;) {
      const part = await this.#parts?.next()
      if (part && !part.done) {
        this.#part++
        return { done: false, value: part.value }
      }
      this.#from = this.#before.state()
      this.#part = 0
      this.#parts = undefined
      const item = await this.#before.next()
      if (item.done) return ended
      const parts = this.#expand(item.value)
      this.#parts = Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]()
    }
  }

  state(): Json {
    return { flatMap: { part: this.#part, from: this.#from } }
  }

  async close(): Promise<void> {
    await this.#parts?.return?.()
    await this.#before.close()
  }
}
