// The arena: every buffer that lives only during a run gets a place, and buffers that are never alive together share bytes.

const alignment = 64

/** A buffer's size and the first and last kernel (by place in the program) during which it must keep its bytes. */
export interface Lifetime {
  readonly bytes: number
  readonly first: number
  readonly last: number
}

export interface MemoryPlan {
  /** Byte offsets, in the order of the lifetimes. */
  readonly offsets: readonly number[]
  readonly arenaBytes: number
}

/** Places buffers first-fit, largest first: the classic heuristic for dynamic storage allocation (Garey & Johnson 1979, SR2). */
export function planMemory(lifetimes: readonly Lifetime[]): MemoryPlan {
  const offsets = new Array<number>(lifetimes.length).fill(0)
  const placed: { offset: number; end: number; lifetime: Lifetime }[] = []
  let arenaBytes = 0
  const bySize = lifetimes.map((lifetime, place) => ({ lifetime, place }))
  bySize.sort((a, b) => b.lifetime.bytes - a.lifetime.bytes || a.place - b.place)
  for (const { lifetime, place } of bySize) {
    const bytes = Math.ceil(lifetime.bytes / alignment) * alignment
    let offset = 0
    // `placed` is kept sorted by offset, so the first gap that is wide enough is the lowest.
    for (const other of placed) {
      if (other.lifetime.first > lifetime.last || other.lifetime.last < lifetime.first) continue
      if (offset + bytes <= other.offset) break
      offset = Math.max(offset, other.end)
    }
    offsets[place] = offset
    const entry = { offset, end: offset + bytes, lifetime }
    const after = placed.findIndex((other) => other.offset > offset)
    if (after < 0) placed.push(entry)
    else placed.splice(after, 0, entry)
    arenaBytes = Math.max(arenaBytes, entry.end)
  }
  return { offsets, arenaBytes }
}
