/** Sets of pixels that only grow together: union by size, paths halved (Tarjan 1975). */
export class DisjointSets {
  readonly #parents: Int32Array
  readonly #sizes: Int32Array

  constructor(count: number) {
    this.#parents = Int32Array.from({ length: count }, (_, i) => i)
    this.#sizes = new Int32Array(count).fill(1)
  }

  /** The element that stands for the set of element i. */
  find(i: number): number {
    let at = i
    while (this.#parents[at] !== at) {
      this.#parents[at] = this.#parents[this.#parents[at]!]!
      at = this.#parents[at]!
    }
    return at
  }

  /** Of the set that root `i` stands for. */
  sizeOf(i: number): number {
    return this.#sizes[i]!
  }

  /** Joins the sets of two different roots. @returns The root of both. */
  union(i: number, j: number): number {
    const [larger, smaller] = this.#sizes[i]! >= this.#sizes[j]! ? [i, j] : [j, i]
    this.#parents[smaller] = larger
    this.#sizes[larger]! += this.#sizes[smaller]!
    return larger
  }
}
