import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RandomStream } from './random-stream.ts'

const integer = fc.maxSafeInteger()

test('the generator is xoshiro128**: it follows the recurrence of the paper, written with big integers', () => {
  const mask = (1n << 32n) - 1n
  const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & mask
  const mix = (x: bigint): bigint => {
    let h = x & mask
    h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & mask
    h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & mask
    return h ^ (h >> 16n)
  }
  fc.assert(
    fc.property(integer, integer, (seed, stream) => {
      let state = 0n
      for (const word of [BigInt(seed), BigInt(seed) >> 32n, BigInt(stream), BigInt(stream) >> 32n])
        state = mix((state + 0x9e3779b9n) ^ (word & mask))
      let [a, b, c, d] = [1n, 2n, 3n, 4n].map((n) => mix(state + n * 0x9e3779b9n)) as [bigint, bigint, bigint, bigint]
      d |= 1n
      const random = new RandomStream(seed, stream)
      for (let draw = 0; draw < 20; draw++) {
        expect(random.bits()).toBe(Number((rotate((b * 5n) & mask, 7n) * 9n) & mask))
        const shifted = (b << 9n) & mask
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = rotate(d, 11n)
      }
    }),
    { numRuns: 50 },
  )
})

test('neighbouring seeds and streams share no numbers', () => {
  const firsts = new Set<number>()
  for (let seed = 0; seed < 40; seed++)
    for (let stream = 0; stream < 40; stream++) firsts.add(new RandomStream(seed, stream).bits())
  // 1,600 draws from 2³²: a single coincidence has a chance of 0.0003.
  expect(firsts.size).toBe(1600)
})

test('seeds that differ only beyond 32 bits give different streams', () => {
  expect(new RandomStream(1).bits()).not.toBe(new RandomStream(1 + 2 ** 32).bits())
  expect(new RandomStream(0, 1).bits()).not.toBe(new RandomStream(0, 1 + 2 ** 32).bits())
})

test('uniform numbers fill their interval evenly', () => {
  const random = new RandomStream(1)
  const counts = new Array<number>(10).fill(0)
  for (let i = 0; i < 10_000; i++) {
    const x = random.uniform(-2, 3)
    expect(x >= -2 && x < 3).toBe(true)
    counts[Math.floor((x + 2) * 2)]! += 1
  }
  // χ² with 9 degrees of freedom exceeds 27.9 with a chance of 0.001.
  expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9)
})

test('integers below a count are evenly spread and never reach it', () => {
  const random = new RandomStream(2)
  const counts = new Array<number>(7).fill(0)
  for (let i = 0; i < 7000; i++) counts[random.below(7)]! += 1
  expect(counts).toHaveLength(7)
  // χ² with 6 degrees of freedom exceeds 22.5 with a chance of 0.001.
  expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(22.5)
})

test('roughly normal numbers have mean 0, deviation 1, the kurtosis of a sum of four and stay within 3.46', () => {
  const random = new RandomStream(3)
  const draws = Array.from({ length: 40_000 }, () => random.roughlyNormal())
  const moment = (power: number): number => draws.reduce((sum, x) => sum + x ** power, 0) / draws.length
  expect(moment(1)).toBeCloseTo(0, 1)
  expect(moment(2)).toBeCloseTo(1, 1)
  // A sum of n uniforms has kurtosis 3 − 6/(5n).
  expect(moment(4)).toBeCloseTo(3 - 6 / 20, 0)
  expect(Math.max(...draws.map(Math.abs))).toBeLessThan(3.47)
})

test('shuffling makes every order of three equally likely', () => {
  const random = new RandomStream(4)
  const counts = new Map<string, number>()
  for (let i = 0; i < 6000; i++) {
    const order = [0, 1, 2]
    random.shuffle(order)
    counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1)
  }
  expect(counts.size).toBe(6)
  // χ² with 5 degrees of freedom exceeds 20.5 with a chance of 0.001.
  expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5)
})

test('a seed that is no integer is an error that shows it', () => {
  expect(() => new RandomStream(0.5)).toThrow('got seed 0.5')
  expect(() => new RandomStream(1, Number.NaN)).toThrow('stream NaN')
})
