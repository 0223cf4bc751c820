import { type Cursor, ended, type Json, type OpenCursor, placeBefore, savedFields } from './cursor.ts'

/** Gives the items of each part, one part after the other. */
export function concatenateCursor<Item>(parts: readonly OpenCursor<Item>[]): OpenCursor<Item> {
  return async ({ epoch, at }) => {
    const saved = savedFields<{ part: number; from: Json }>('concatenate', at)
    let part = saved?.part ?? 0
    let current = await parts[part]?.(placeBefore({ epoch }, saved?.from))
    return {
      async next() {
        while (current !== undefined) {
          const result = await current.next()
          if (!result.done) return result
          await current.close()
          current = await parts[++part]?.({ epoch })
        }
        return ended
      },
      state: () => ({ concatenate: { part, from: current?.state() ?? null } }),
      close: async () => current?.close(),
    } satisfies Cursor<Item>
  }
}
