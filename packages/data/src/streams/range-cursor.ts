import { type Cursor, ended, type Json, type OpenCursor, placeBefore, savedFields } from './cursor.ts'

/** Gives the first `count` items. */
export function takeCursor<Item>(open: OpenCursor<Item>, count: number): OpenCursor<Item> {
  return async (place) => {
    const saved = savedFields<{ taken: number; from: Json }>('take', place.at)
    const before = await open(placeBefore(place, saved?.from))
    let taken = saved?.taken ?? 0
    return {
      async next() {
        // Nothing beyond the last is asked for: the source may be slow, or endless.
        if (taken >= count) return ended
        const result = await before.next()
        if (!result.done) taken++
        return result
      },
      state: () => ({ take: { taken, from: before.state() } }),
      close: () => before.close(),
    } satisfies Cursor<Item>
  }
}

/** Gives all items but the first `count`. */
export function skipCursor<Item>(open: OpenCursor<Item>, count: number): OpenCursor<Item> {
  return async (place) => {
    const saved = savedFields<{ from: Json }>('skip', place.at)
    const before = await open(placeBefore(place, saved?.from))
    let left = saved === undefined ? count : 0
    return {
      async next() {
        for (; left > 0; left--) if ((await before.next()).done) return ended
        return before.next()
      },
      state: () => (left > 0 ? null : { skip: { from: before.state() } }),
      close: () => before.close(),
    } satisfies Cursor<Item>
  }
}
