import type { Values } from './workload.ts'

/**
 * Random numbers that every run and every machine draws alike: mulberry32 (Ettinger 2017), whose 32-bit results are exact.
 */
export class SeededValues {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** Numbers drawn evenly from `low` to `high`. */
  uniform(shape: readonly number[], low: number, high: number): Values {
    return { shape, data: Float32Array.from({ length: sizeOf(shape) }, () => low + (high - low) * this.#next()) }
  }

  /** Integers drawn evenly from 0 to below `count`. */
  integers(shape: readonly number[], count: number): Values<Int32Array> {
    return { shape, data: Int32Array.from({ length: sizeOf(shape) }, () => Math.floor(count * this.#next())) }
  }

  /** A weight of the given shape [out, ...in] and a bias [out], both from U(−1/√fanIn, 1/√fanIn) as in PyTorch. */
  weightAndBias(shape: readonly [number, ...number[]]): { readonly weight: Values; readonly bias: Values } {
    const [out, ...incoming] = shape
    const bound = 1 / Math.sqrt(sizeOf(incoming))
    return { weight: this.uniform(shape, -bound, bound), bias: this.uniform([out], -bound, bound) }
  }

  /** In [0, 1). */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
