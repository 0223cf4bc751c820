/** Random choices that a seed reproduces. */
export interface Random {
  /** Uniform in [0, 1). */
  fraction(): number
  /** Uniform among low, low + 1, …, high. */
  integer(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(values: readonly T[]): T
  shuffled<T>(values: readonly T[]): T[]
}

/** A xorshift generator of 32 bits (Marsaglia 2003, "Xorshift RNGs"): small, and good enough to choose test cases. */
export function seededRandom(seed: number): Random {
  // Neighbouring seeds are spread by the golden ratio; the state must not be 0.
  let state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) || 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  for (let i = 0; i < 8; i++) next()

  const fraction = (): number => next() / 2 ** 32
  const integer = (low: number, high: number): number => low + Math.floor(fraction() * (high - low + 1))
  return {
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick: (values) => {
      if (values.length === 0) throw new Error('pick: there is nothing to pick from.')
      return values[integer(0, values.length - 1)]!
    },
    shuffled: (values) => {
      const order = [...values]
      // Fisher & Yates.
      for (let last = order.length - 1; last > 0; last--) {
        const other = integer(0, last)
        ;[order[last], order[other]] = [order[other]!, order[last]!]
      }
      return order
    },
  }
}
