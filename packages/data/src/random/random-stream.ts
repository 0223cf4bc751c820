// Random numbers for data: shuffling, splitting, drawing. Only exact arithmetic (integers, + − × ÷ √), so a seed gives the
// same numbers on every machine. Tensors have their own randomness, keyed and inside the graph.

const goldenRatio = 0x9e3779b9

/** The four words of a random stream. */
export type RandomStreamState = readonly [number, number, number, number]

/**
 * A stream of random numbers: xoshiro128** (Blackman & Vigna 2018, "Scrambled Linear Pseudorandom Number Generators").
 *
 * `seed` and `stream` are integers of at most 53 bits; different pairs give unrelated streams, so that the n-th image or
 * the n-th epoch can have a stream of its own.
 * @throws RangeError if one of them is not an integer.
 */
export class RandomStream {
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(seed: number, stream = 0) {
    if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(stream))
      throw new RangeError(`A random stream needs integers; got seed ${seed} and stream ${stream}.`)
    let state = 0
    for (const word of [seed, Math.floor(seed / 2 ** 32), stream, Math.floor(stream / 2 ** 32)])
      state = mix((state + goldenRatio) ^ word)
    this.#a = mix(state + goldenRatio)
    this.#b = mix(state + 2 * goldenRatio)
    this.#c = mix(state + 3 * goldenRatio)
    // xoshiro never leaves the state of four zeros: keep out of it.
    this.#d = mix(state + 4 * goldenRatio) | 1
  }

  /** A stream that goes on where the one whose state it is stood. */
  static restore(state: RandomStreamState): RandomStream {
    const stream = new RandomStream(0)
    if (state.length !== 4 || !state.every((word) => Number.isInteger(word)))
      throw new RangeError(`A random stream's state is four integers; got ${JSON.stringify(state)}.`)
    ;[stream.#a, stream.#b, stream.#c, stream.#d] = state
    return stream
  }

  /** Where the stream stands, as plain JSON. */
  state(): RandomStreamState {
    return [this.#a, this.#b, this.#c, this.#d]
  }

  /** A random integer in [0, 2³²). */
  bits(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9)
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotateLeft(this.#d, 11)
    return scrambled >>> 0
  }

  /** Uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.bits() / 2 ** 32)
  }

  /** A uniform integer in [0, count), without bias. */
  below(count: number): number {
    // Draws past the last whole multiple of `count` would favour small results.
    const limit = 2 ** 32 - (2 ** 32 % count)
    let bits = this.bits()
    while (bits >= limit) bits = this.bits()
    return bits % count
  }

  /**
   * Roughly normal with mean 0 and standard deviation 1: the sum of four uniform bytes, standardised.
   * Never beyond ±3.46; needs no logarithm, which would differ between machines.
   */
  roughlyNormal(): number {
    const bits = this.bits()
    const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24)
    return (sum - 510) * inverseDeviationOfFourBytes
  }

  /** One of the choices. */
  pick<Choice>(choices: readonly [Choice, ...Choice[]]): Choice {
    return choices[this.below(choices.length)]!
  }

  /** Puts the elements into random order in place (Fisher & Yates); every order is equally likely. */
  shuffle(elements: { [index: number]: number; readonly length: number }): void {
    for (let last = elements.length - 1; last > 0; last--) {
      const chosen = this.below(last + 1)
      const moved = elements[last]!
      elements[last] = elements[chosen]!
      elements[chosen] = moved
    }
  }
}

// A uniform byte has variance (256² − 1) / 12.
const inverseDeviationOfFourBytes = 1 / Math.sqrt((4 * (256 ** 2 - 1)) / 12)

function rotateLeft(word: number, count: number): number {
  return (word << count) | (word >>> (32 - count))
}

/** A bijection of 32-bit words that changes about half of the bits (the finaliser of MurmurHash3, Appleby 2011). */
function mix(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
