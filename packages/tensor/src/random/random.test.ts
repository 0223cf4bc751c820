import { describe, expect, it } from 'vitest'
import { captureIn } from '../capture-scope.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import type { Variable } from '../variable.ts'
import { bernoulli } from './bernoulli.ts'
import { defaultKey, seed } from './default-key.ts'
import { foldIn, key, randomBits, splitKey } from './key.ts'
import { normal } from './normal.ts'
import { permutation } from './permutation.ts'
import { uniform } from './uniform.ts'

const count = 20_000

/** Largest distance between the distribution of the data and that of the theory (Kolmogorov & Smirnov), times √n. */
function distance(data: ArrayLike<number>, distribution: (x: number) => number): number {
  const sorted = Float64Array.from(data).sort()
  let largest = 0
  sorted.forEach((x, i) => {
    const expected = distribution(x)
    largest = Math.max(largest, Math.abs(expected - i / sorted.length), Math.abs((i + 1) / sorted.length - expected))
  })
  return largest * Math.sqrt(sorted.length)
}
// Exceeded by a true sample once in a thousand.
const mostDistance = 1.95

function moments(data: ArrayLike<number>): { mean: number; variance: number } {
  const values = Array.from(data)
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length }
}

describe('keys', () => {
  it('give the words of Threefry-2x32-20', () => {
    // Known answer of the Random123 distribution: counter 0 0, key 0 0 → 6b200159 99ba4efe.
    expect(randomBits(key(0), [1]).dataSync()[0]! >>> 0).toBe(0x6b200159)
  })

  it('determine what is drawn', () => {
    expect(uniform([4], { key: key(7) }).dataSync()).toEqual(uniform([4], { key: key(7) }).dataSync())
    expect(uniform([4], { key: key(7) }).dataSync()).not.toEqual(uniform([4], { key: key(8) }).dataSync())
  })

  it('split into different keys', () => {
    const keys = splitKey(key(3), 100)
    expect(keys.shape).toEqual([100, 2])
    const words = keys.toArraySync().map(String)
    expect(new Set(words).size).toBe(100)
    expect(words).not.toContain(String(key(3).toArraySync()))
    expect(splitKey(key(3)).shape).toEqual([2, 2])
  })

  it('fold numbers and tensors in alike', () => {
    const folded = foldIn(key(3), 5).toArraySync()
    expect(foldIn(key(3), tensor(5, { dtype: 'int32' })).toArraySync()).toEqual(folded)
    expect(foldIn(key(3), 6).toArraySync()).not.toEqual(folded)
  })

  it('of neighbouring seeds give independent draws', () => {
    const [a, b] = [uniform([count], { key: key(1) }).dataSync(), uniform([count], { key: key(2) }).dataSync()]
    const product = moments(Array.from(a, (x, i) => (x - 0.5) * (b[i]! - 0.5)))
    // Standard deviation of the mean: 1/12/√n.
    expect(Math.abs(product.mean)).toBeLessThan(4 / 12 / Math.sqrt(count))
  })

  it('come from integer seeds', () => {
    expect(() => key(0.5)).toThrow('random: 0.5 is no seed')
    expect(() => seed(2 ** 32)).toThrow('is no seed')
  })
})

describe('uniform', () => {
  it('is even on [0, 1)', () => {
    const data = uniform([count], { key: key(11) }).dataSync()
    expect(distance(data, (x) => x)).toBeLessThan(mostDistance)
    const { mean, variance } = moments(data)
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / count))
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / count))
  })

  it('never is exactly high', () => {
    // Between 1 and 2 the sums 1 + u round up to 2 where u is 1 − 2⁻²⁴: here every draw lies close to high.
    const low = 1
    const high = 1 + 2 ** -22
    const data = uniform([1000], { key: key(5), low, high }).dataSync()
    expect(Math.max(...data)).toBeLessThan(high)
    expect(Math.min(...data)).toBeGreaterThanOrEqual(low)
    expect(new Set(data).size).toBe(2)
  })

  it('takes negative bounds', () => {
    const data = uniform([count], { key: key(6), low: -3, high: -1 }).dataSync()
    expect(distance(data, (x) => (x + 3) / 2)).toBeLessThan(mostDistance)
    expect(Math.max(...uniform([1000], { key: key(6), low: -1, high: 0 }).dataSync())).toBeLessThan(0)
  })
})

describe('normal', () => {
  // Abramowitz & Stegun 1964, 26.2.17: error below 7.5e-8.
  const distribution = (x: number): number => {
    const t = 1 / (1 + 0.2316419 * Math.abs(x))
    const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series
    return x > 0 ? 1 - tail : tail
  }

  it('has the normal distribution', () => {
    const data = normal([count], { key: key(21) }).dataSync()
    expect(distance(data, distribution)).toBeLessThan(mostDistance)
    const { mean, variance } = moments(data)
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(count))
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / count))
    for (const x of data) expect(Number.isFinite(x)).toBe(true)
  })

  it('is scaled and moved', () => {
    const plain = normal([50], { key: key(4) }).dataSync()
    const scaled = normal([50], { key: key(4), mean: 3, standardDeviation: 0.5 }).dataSync()
    scaled.forEach((x, i) => {
      expect(x).toBeCloseTo(3 + 0.5 * plain[i]!, 5)
    })
  })

  it('draws neighbours independently', () => {
    const data = normal([count], { key: key(22) }).dataSync()
    const { mean } = moments(Array.from({ length: count - 1 }, (_, i) => data[i]! * data[i + 1]!))
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(count))
  })
})

describe('bernoulli', () => {
  it('is true with its probability', () => {
    const draws = bernoulli([count], { probability: 0.3, key: key(31) })
    expect(draws.dtype).toBe('bool')
    const { mean } = moments(draws.dataSync())
    expect(Math.abs(mean - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / count))
  })

  it('is never true at 0 and always at 1', () => {
    expect(
      bernoulli([1000], { probability: 0, key: key(1) })
        .sum()
        .itemSync(),
    ).toBe(0)
    expect(
      bernoulli([1000], { probability: 1, key: key(1) })
        .sum()
        .itemSync(),
    ).toBe(1000)
  })
})

describe('permutation', () => {
  it.each([0, 1, 2, 3, 7, 64, 1000])('of %i numbers has each once', (n) => {
    const order = [...permutation(n, { key: key(n) }).dataSync()]
    expect(order.sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
  })

  it('has all orders of four numbers equally often', () => {
    const times = 2400
    const found = new Map<string, number>()
    for (let i = 0; i < times; i++) {
      const order = String(permutation(4, { key: key(i) }).dataSync())
      found.set(order, (found.get(order) ?? 0) + 1)
    }
    expect(found.size).toBe(24)
    const expected = times / 24
    const chiSquare = [...found.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
    // 23 degrees of freedom: exceeded once in a thousand.
    expect(chiSquare).toBeLessThan(49.7)
  })

  it('moves numbers far', () => {
    const n = 1000
    const order = permutation(n, { key: key(9) }).dataSync()
    const fixed = order.filter((x, i) => x === i).length
    expect(fixed).toBeLessThan(8)
    const { mean } = moments(order.map((x, i) => (x - i) ** 2))
    // Of independent positions: n²/6, with a standard deviation of the mean of about n²/6 · √(7/5n).
    expect(Math.abs(mean / (n * n) - 1 / 6)).toBeLessThan(0.03)
  })
})

describe('the default key', () => {
  it('moves on with every draw and starts anew with a seed', () => {
    seed(42)
    const first = [uniform([3]).dataSync(), normal([3]).dataSync(), uniform([3]).dataSync()]
    expect(first[0]).not.toEqual(first[2])
    seed(42)
    expect([uniform([3]).dataSync(), normal([3]).dataSync(), uniform([3]).dataSync()]).toEqual(first)
  })

  it('is [seed, counter]', () => {
    seed(42)
    uniform([3])
    uniform([3])
    expect([...defaultKey.value.dataSync()]).toEqual([42, 2])
  })

  it('is part of a captured function, which draws anew at every call', () => {
    const placeholder = tensor([1, 2], { dtype: 'int32' })
    const assigned: Tensor[] = []
    const read: Variable[] = []
    const scope = {
      readVariable: (variable: Variable): Tensor => {
        read.push(variable)
        return placeholder
      },
      assignVariable: (_: Variable, next: Tensor): void => {
        assigned.push(next)
      },
      readFlag: (): void => {},
    }
    const draw = captureIn(scope, () => uniform([2]))
    expect(read).toEqual([defaultKey])
    expect(draw.dataSync()).toEqual(uniform([2], { key: placeholder }).dataSync())
    expect([...assigned[0]!.dataSync()]).toEqual([1, 3])
  })
})
