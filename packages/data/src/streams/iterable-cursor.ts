import { type Cursor, ended, type OpenCursor, savedFields } from './cursor.ts'

/** What items come from: something iterable, or a function that makes it anew for every epoch. */
export type StreamSource<Item> =
  | Iterable<Item>
  | AsyncIterable<Item>
  | ((epoch: number) => Iterable<Item> | AsyncIterable<Item>)

/**
 * Walks through an iterable. It goes on in the middle by passing over the items before: any source can be resumed that gives
 * the same items again.
 */
export function iterableCursor<Item>(source: StreamSource<Item>): OpenCursor<Item> {
  const used = new Set<object>()
  return async ({ epoch, at }) => {
    const iterator = openIterator(source, epoch, used)
    const cursor = new IterableCursor(iterator)
    const position = savedFields<{ position: number }>('items', at)?.position ?? 0
    while (cursor.position < position) {
      if ((await cursor.next()).done)
        throw new RangeError(`resume: item ${position} is to come next, but the source has only ${cursor.position}.`)
    }
    return cursor
  }
}

class IterableCursor<Item> implements Cursor<Item> {
  readonly #iterator: Iterator<Item> | AsyncIterator<Item>
  #isOpen = true
  position = 0

  constructor(iterator: Iterator<Item> | AsyncIterator<Item>) {
    this.#iterator = iterator
  }

  async next(): Promise<IteratorResult<Item, undefined>> {
    const result = await this.#iterator.next()
    if (result.done) {
      this.#isOpen = false
      return ended
    }
    this.position++
    return { done: false, value: result.value }
  }

  state(): { items: { position: number } } {
    return { items: { position: this.position } }
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#iterator.return?.()
  }
}

function openIterator<Item>(
  source: StreamSource<Item>,
  epoch: number,
  used: Set<object>,
): Iterator<Item> | AsyncIterator<Item> {
  const items = typeof source === 'function' ? source(epoch) : source
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  // A generator gives itself: a second walk would find it used up and silently see nothing.
  if ((iterator as object) === items) {
    if (used.has(items))
      throw new RangeError(
        'Stream: the source is an iterator, which can be walked through once; for several epochs give a function that makes a new one.',
      )
    used.add(items)
  }
  return iterator
}
