// Kernels that differ in nothing but their buffers, as those of a net's equal layers do: they are run by one function.

import type { Buffer, Kernel, Program } from '@neurite/compiler/kernel'

export interface Likeness {
  /** The first kernel that is like this one: itself, if none before is. */
  readonly first: number
  /** The buffers in the order in which the first one names its own; none where no other kernel is like it. */
  readonly buffers: readonly number[]
}

/** Functions with more parameters are slow to call, and those with more than a thousand are none. */
const mostBuffers = 100

/** Of each kernel. */
export function likenessesOf({ kernels, buffers }: Program): readonly Likeness[] {
  const likenesses: Likeness[] = []
  const firsts = new Map<string, number[]>()
  kernels.forEach((kernel, number) => {
    const key = keyOf(kernel)
    const candidates = firsts.get(key) ?? []
    for (const first of candidates) {
      const pairs = new Pairs(buffers)
      if (!pairs.areAlike(kernels[first], kernel) || pairs.buffers.size > mostBuffers) continue
      likenesses[first] = { first, buffers: [...pairs.buffers.keys()] }
      likenesses[number] = { first, buffers: [...pairs.buffers.values()] }
      return
    }
    firsts.set(key, [...candidates, number])
    likenesses[number] = { first: number, buffers: [] }
  })
  return likenesses
}

/** What is compared before anything else. */
function keyOf(kernel: Kernel): string {
  const { label } = kernel
  return kernel.kind === 'contraction'
    ? `${label} ${kernel.rows} ${kernel.columns} ${kernel.depth}`
    : `${label} ${kernel.extents}`
}

/** Compares two kernels, plain data throughout, and pairs their buffers: each one's have partners of the same dtype and size, no two the same. */
class Pairs {
  /** Of the one kernel's, their partners in the other. */
  readonly buffers: Map<number, number> = new Map()
  readonly #back = new Map<number, number>()
  readonly #all: readonly Buffer[]
  /** Nodes of expressions are shared: what has been found alike is not compared again. */
  readonly #alike = new Map<object, object>()

  constructor(all: readonly Buffer[]) {
    this.#all = all
  }

  areAlike(one: unknown, other: unknown): boolean {
    if (!isObject(one) || !isObject(other)) return Object.is(one, other)
    if (this.#alike.get(one) === other) return true
    const keys = Object.keys(one)
    if (keys.length !== Object.keys(other).length) return false
    for (let place = 0; place < keys.length; place++) {
      const key = keys[place]!
      const a = one[key]
      const b = other[key]
      if (key === 'buffer') {
        if (!this.#pair(a as number, b as number)) return false
        // Most are numbers and names, for which a call would be too much.
      } else if ((a !== b || typeof a === 'object') && !this.areAlike(a, b)) return false
    }
    this.#alike.set(one, other)
    return true
  }

  #pair(one: number, other: number): boolean {
    const [a, b] = [this.#all[one]!, this.#all[other]!]
    if (a.dtype !== b.dtype || a.size !== b.size) return false
    if (this.buffers.has(one) || this.#back.has(other)) return this.buffers.get(one) === other
    this.buffers.set(one, other)
    this.#back.set(other, one)
    return true
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
