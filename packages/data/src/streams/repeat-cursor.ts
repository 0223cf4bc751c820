import { type Cursor, ended, type Json, type OpenCursor, placeBefore, savedFields } from './cursor.ts'

/**
 * Gives all items `times` times over. Each round is an epoch of its own for the steps before, so that a shuffle gives
 * another order in each.
 */
export function repeatCursor<Item>(open: OpenCursor<Item>, times: number): OpenCursor<Item> {
  return async ({ epoch, at }) => {
    const saved = savedFields<{ round: number; from: Json }>('repeat', at)
    const firstRound = Number.isFinite(times) ? epoch * times : epoch
    const openRound = (round: number, from?: Json) => open(placeBefore({ epoch: firstRound + round }, from))
    let round = saved?.round ?? 0
    let current = round < times ? await openRound(round, saved?.from) : undefined
    let isEmpty = saved?.from === undefined || saved.from === null
    return {
      async next() {
        while (current !== undefined) {
          const result = await current.next()
          if (!result.done) {
            isEmpty = false
            return result
          }
          await current.close()
          // Nothing for ever would hang.
          round = isEmpty ? times : round + 1
          isEmpty = true
          current = round < times ? await openRound(round) : undefined
        }
        return ended
      },
      state: () => ({ repeat: { round: Math.min(round, Number.MAX_SAFE_INTEGER), from: current?.state() ?? null } }),
      close: async () => current?.close(),
    } satisfies Cursor<Item>
  }
}
