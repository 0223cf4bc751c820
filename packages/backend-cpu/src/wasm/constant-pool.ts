/** Where vectors of constants lie in memory: loading one is shorter than writing it into the code, and on some engines faster. */
export interface ConstantPool {
  /** The address of a vector of four words; undefined if there is no room for it. */
  addressOf(a: number, b: number, c: number, d: number): number | undefined
}

/** A pool that collects the constants it is asked for, from `start` on. */
export class GrowingConstantPool implements ConstantPool {
  readonly start: number
  readonly #capacity: number
  readonly #words: number[] = []
  // Most constants are four times the same word.
  readonly #splats = new Map<number, number>()
  readonly #others = new Map<string, number>()

  /** `bytes` is a multiple of 16. */
  constructor(start: number, bytes: number) {
    this.start = start
    this.#capacity = bytes / 4
  }

  /** The constants so far, to be written at `start`. Earlier ones stay where they are. */
  get words(): readonly number[] {
    return this.#words
  }

  addressOf(a: number, b: number, c: number, d: number): number | undefined {
    const isSplat = a === b && b === c && c === d
    const key = isSplat ? '' : `${a},${b},${c},${d}`
    const known = isSplat ? this.#splats.get(a) : this.#others.get(key)
    if (known !== undefined) return known
    if (this.#words.length === this.#capacity) return undefined
    const address = this.start + 4 * this.#words.length
    this.#words.push(a, b, c, d)
    if (isSplat) this.#splats.set(a, address)
    else this.#others.set(key, address)
    return address
  }
}
