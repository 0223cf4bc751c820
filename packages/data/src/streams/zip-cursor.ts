import { type Cursor, ended, type Json, type OpenCursor, placeBefore, savedFields } from './cursor.ts'

/** Gives pairs of the items of two streams, until one of them ends. */
export function zipCursor<A, B>(openA: OpenCursor<A>, openB: OpenCursor<B>): OpenCursor<readonly [A, B]> {
  return async (place) => {
    const saved = savedFields<{ first: Json; second: Json }>('zip', place.at)
    const a = await openA(placeBefore(place, saved?.first))
    const b = await openB(placeBefore(place, saved?.second))
    return {
      async next() {
        const first = await a.next()
        if (first.done) return ended
        const second = await b.next()
        return second.done ? ended : { done: false, value: [first.value, second.value] as const }
      },
      state: () => ({ zip: { first: a.state(), second: b.state() } }),
      async close() {
        await Promise.all([a.close(), b.close()])
      },
    } satisfies Cursor<readonly [A, B]>
  }
}
