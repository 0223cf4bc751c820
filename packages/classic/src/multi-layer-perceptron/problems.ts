// The problems that multi-layer perceptrons are shown on.

import { RandomStream } from '@neurite/data'

/** Patterns and the outputs that are desired for them. */
export interface Problem {
  readonly patterns: readonly (readonly number[])[]
  readonly desired: readonly (readonly number[])[]
}

/** Whether an odd number of `bits` inputs is 1; of two: XOR. */
export function parityProblem(bits = 2): Problem {
  const patterns = Array.from({ length: 2 ** bits }, (_, n) =>
    Array.from({ length: bits }, (_, bit) => (n >> (bits - 1 - bit)) & 1),
  )
  return { patterns, desired: patterns.map((pattern) => [pattern.reduce((sum, bit) => sum + bit, 0) % 2]) }
}

/** One of `size` inputs is 1 and shall come out again; through fewer hidden nodes, which have to find a code. */
export function encoderProblem(size = 4): Problem {
  const patterns = Array.from({ length: size }, (_, on) => Array.from({ length: size }, (_, i) => (i === on ? 1 : 0)))
  return { patterns, desired: patterns }
}

/**
 * Lippmann's circle: class A uniform in the disc of radius 1, class B uniform in the ring from there to radius 5, in turn; the desired
 * outputs are 1, 0 for A and 0, 1 for B.
 */
export function circleProblem(count: number, options: { readonly seed?: number } = {}): Problem {
  const random = new RandomStream(options.seed ?? 0)
  const pointBetween = (inner: number, outer: number): number[] => {
    const radius = Math.sqrt(random.uniform(inner ** 2, outer ** 2))
    const angle = random.uniform(0, 2 * Math.PI)
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  }
  const patterns = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? pointBetween(0, 1) : pointBetween(1, 5)))
  return { patterns, desired: patterns.map((_, i) => (i % 2 === 0 ? [1, 0] : [0, 1])) }
}
