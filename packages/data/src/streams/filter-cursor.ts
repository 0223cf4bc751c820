import type { Cursor, OpenCursor } from './cursor.ts'

export type KeepItem<Item> = (item: Item) => boolean | Promise<boolean>

/** Gives the items that `keep` is true of. */
export function filterCursor<Item>(open: OpenCursor<Item>, keep: KeepItem<Item>): OpenCursor<Item> {
  return async (place) => {
    const before = await open(place)
    return {
      async next() {
        for (;;) {
          const result = await before.next()
          if (result.done || (await keep(result.value))) return result
        }
      },
      state: () => before.state(),
      close: () => before.close(),
    } satisfies Cursor<Item>
  }
}
