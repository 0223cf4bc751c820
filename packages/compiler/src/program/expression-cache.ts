import { type Index, type Scalar, sameIndex } from '../kernel/index.ts'

/** Remembers which expression stands for a node at an index. */
export class ExpressionCache {
  readonly #known = new Map<number, { readonly index: readonly Index[]; readonly value: Scalar }[]>()

  /** The expression for the node at the index, built if it is new. */
  find(node: number, index: readonly Index[], build: () => Scalar): Scalar {
    let entries = this.#known.get(node)
    if (entries === undefined) {
      entries = []
      this.#known.set(node, entries)
    }
    const known = entries.find((entry) => entry.index.every((at, axis) => sameIndex(at, index[axis]!)))
    if (known !== undefined) return known.value
    const value = build()
    entries.push({ index, value })
    return value
  }
}
