// Byte-pair encoding (Sennrich, Haddow & Birch 2016, "Neural Machine Translation of Rare Words with Subword Units"): again and again the most frequent
// pair of neighbouring tokens becomes one.

/** A word as tokens, and how often it occurs. */
interface Word {
  tokens: number[]
  readonly count: number
}

export type Merge = readonly [left: number, right: number]

/** Numbers a pair; tokens are below 2²⁶. */
export function pairKey(left: number, right: number): number {
  return left * 2 ** 26 + right
}

/**
 * The first `count` merges, the i-th of which makes token `firstToken` + i; fewer if no pair is left that occurs at least twice. Of pairs equally frequent the
 * one with smaller tokens counts.
 */
export function trainMerges(
  words: ReadonlyMap<string, number>,
  options: {
    readonly count: number
    readonly firstToken: number
    tokensOf(word: string): number[]
  },
): Merge[] {
  const all = Array.from(words, ([word, count]): Word => ({ tokens: options.tokensOf(word), count }))
  const pairs = new PairCounts()
  for (const word of all) pairs.add(word)
  const merges: Merge[] = []
  while (merges.length < options.count) {
    const best = pairs.takeMostFrequent()
    if (best === undefined || best.count < 2) break
    const merge: Merge = [Math.floor(best.key / 2 ** 26), best.key % 2 ** 26]
    const token = options.firstToken + merges.length
    for (const word of pairs.wordsWith(best.key)) {
      pairs.remove(word)
      word.tokens = mergePair(word.tokens, merge, token)
      pairs.add(word)
    }
    merges.push(merge)
  }
  return merges
}

/** The tokens with every occurrence of the pair, from the left, as one token. */
export function mergePair(tokens: readonly number[], [left, right]: Merge, token: number): number[] {
  const merged: number[] = []
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at] === left && tokens[at + 1] === right) {
      merged.push(token)
      at++
    } else merged.push(tokens[at]!)
  }
  return merged
}

interface PairCount {
  readonly key: number
  readonly count: number
}

/** How often pairs occur, in which words, and which is the most frequent. */
class PairCounts {
  readonly #counts = new Map<number, number>()
  readonly #words = new Map<number, Set<Word>>()
  // Counts go stale in the heap; a stale one is put back with its true count when it comes to the top.
  readonly #heap: PairCount[] = []

  add(word: Word): void {
    this.#change(word, word.count)
  }

  remove(word: Word): void {
    this.#change(word, -word.count)
  }

  wordsWith(key: number): Word[] {
    return [...(this.#words.get(key) ?? [])]
  }

  takeMostFrequent(): PairCount | undefined {
    for (let top = this.#pop(); top !== undefined; top = this.#pop()) {
      const count = this.#counts.get(top.key) ?? 0
      if (count === top.count) return top
      if (count > 0 && count < top.count) this.#push({ key: top.key, count })
    }
    return undefined
  }

  #change(word: Word, by: number): void {
    const { tokens } = word
    for (let at = 0; at + 1 < tokens.length; at++) {
      const key = pairKey(tokens[at]!, tokens[at + 1]!)
      const count = (this.#counts.get(key) ?? 0) + by
      this.#counts.set(key, count)
      const words = this.#words.get(key) ?? new Set()
      this.#words.set(key, words)
      if (by > 0) {
        words.add(word)
        this.#push({ key, count })
      } else words.delete(word)
    }
  }

  #push(pair: PairCount): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(pair)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!comesFirst(pair, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = pair
  }

  #pop(): PairCount | undefined {
    const heap = this.#heap
    const top = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child + 1 < heap.length && comesFirst(heap[child + 1]!, heap[child]!)) child++
      if (child >= heap.length || !comesFirst(heap[child]!, last)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return top
  }
}

function comesFirst(a: PairCount, b: PairCount): boolean {
  return a.count > b.count || (a.count === b.count && a.key < b.key)
}
