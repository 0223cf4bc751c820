import { type Cursor, ended, type OpenCursor } from './cursor.ts'

/** Gives lists of `size` items; the last may be shorter, unless it is dropped. */
export function batchCursor<Item>(open: OpenCursor<Item>, size: number, dropLast: boolean): OpenCursor<Item[]> {
  return async (place) => {
    const before = await open(place)
    return {
      async next() {
        const batch: Item[] = []
        while (batch.length < size) {
          const result = await before.next()
          if (result.done) return dropLast || batch.length === 0 ? ended : { done: false, value: batch }
          batch.push(result.value)
        }
        return { done: false, value: batch }
      },
      state: () => before.state(),
      close: () => before.close(),
    } satisfies Cursor<Item[]>
  }
}
