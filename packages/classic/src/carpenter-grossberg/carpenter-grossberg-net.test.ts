import '@neurite/backend-cpu/install'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { letterPatterns } from '../patterns/letters.ts'
import { CarpenterGrossbergNet } from './carpenter-grossberg-net.ts'

const [C, E, F, Fa, Fb, Fc] = letterPatterns().map(({ pattern }) => pattern) as [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
]

function size(pattern: Float64Array | undefined): number {
  return pattern!.reduce((sum, pixel) => sum + pixel, 0)
}

describe('letters C, E, F and F’s with a missing pixel', () => {
  function presentAll(vigilance: number): { nodes: number[]; sizes: number[]; resets: number[][]; clusters: number } {
    const net = new CarpenterGrossbergNet(64, 10, { vigilance, vigilanceTest: 'greater' })
    const nodes: number[] = []
    const sizes: number[] = []
    const resets: number[][] = []
    for (const pattern of [C, E, F, Fa, Fb, Fc, F]) {
      const result = net.present(pattern)
      nodes.push(result.node)
      sizes.push(size(net.exemplar(result.node)))
      resets.push([...result.resets])
    }
    return { nodes, sizes, resets, clusters: net.clusters }
  }

  it('ρ = 0.9: the F loses pixels until another F fails and makes a fourth exemplar', () => {
    const { nodes, sizes, resets, clusters } = presentAll(0.9)
    expect(nodes).toEqual([0, 1, 2, 2, 2, 3, 3])
    expect(sizes).toEqual([22, 29, 20, 19, 18, 19, 19])
    expect(resets[5]).toEqual([2, 0, 1])
    expect(clusters).toBe(4)
  })

  it('ρ = 0.8: three clusters', () => {
    const { nodes, sizes, clusters } = presentAll(0.8)
    expect(nodes).toEqual([0, 1, 2, 2, 2, 2, 2])
    expect(sizes.slice(2, 6)).toEqual([20, 19, 18, 17])
    expect(clusters).toBe(3)
  })

  it('ρ = 0.5: one cluster for everything', () => {
    const { nodes, sizes } = presentAll(0.5)
    expect(nodes).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(sizes).toEqual([22, 22, 15, 14, 13, 12, 12])
  })

  it('an F that is part of the E erodes it', () => {
    const partOfE = E.map((pixel, i) => (i >= 32 && i % 8 > 0 ? 0 : pixel))
    const net = new CarpenterGrossbergNet(64, 10)
    expect(net.train([E, partOfE, E]).map(({ node }) => node)).toEqual([0, 0, 1])
    expect(net.exemplar(0)).toEqual(partOfE)
  })
})

/** Box 3 word by word, on lists. */
function byTheBox(patterns: readonly number[][], nodes: number, vigilance: number): number[] {
  const inputs = patterns[0]!.length
  const t = Array.from({ length: nodes }, () => new Array<number>(inputs).fill(1))
  const b = Array.from({ length: nodes }, () => new Array<number>(inputs).fill(1 / (1 + inputs)))
  const dot = (w: number[], x: number[]): number => w.reduce((sum, weight, i) => sum + weight * x[i]!, 0)
  return patterns.map((x) => {
    const total = dot(x, x)
    const scores = b.map((weights) => dot(weights, x))
    for (let tried = 0; tried < nodes; tried++) {
      const best = scores.indexOf(Math.max(...scores))
      if (total > 0 && dot(t[best]!, x) / total > vigilance) {
        t[best] = t[best]!.map((bit, i) => bit * x[i]!)
        b[best] = t[best]!.map((bit) => bit / (0.5 + t[best]!.reduce((sum, other) => sum + other, 0)))
        return best
      }
      scores[best] = Number.NEGATIVE_INFINITY
    }
    return -1
  })
}

const patternLists = fc.integer({ min: 1, max: 8 }).chain((inputs) =>
  fc.array(fc.array(fc.constantFrom(0, 1), { minLength: inputs, maxLength: inputs }), {
    minLength: 1,
    maxLength: 12,
  }),
)

it('does what box 3 says', () => {
  fc.assert(
    fc.property(
      patternLists,
      fc.integer({ min: 1, max: 6 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (patterns, nodes, vigilance) => {
        const net = new CarpenterGrossbergNet(patterns[0]!.length, nodes, { vigilance })
        expect(net.train(patterns).map(({ node }) => node)).toEqual(byTheBox(patterns, nodes, vigilance))
      },
    ),
  )
})

it('is stable: after at most as many passes as there are bits to lose, nothing changes', () => {
  fc.assert(
    fc.property(patternLists, fc.double({ min: 0, max: 1, noNaN: true }), (patterns, vigilance) => {
      const net = new CarpenterGrossbergNet(patterns[0]!.length, 20, { vigilance })
      let before = ''
      let passes = 0
      for (; passes <= 20; passes++) {
        net.train(patterns)
        const after = String(net.topDown.dataSync())
        if (after === before) break
        before = after
      }
      expect(passes).toBeLessThan(20)
    }),
    { numRuns: 40 },
  )
})

it('classifies without adapting, and shows every candidate', () => {
  const net = new CarpenterGrossbergNet(64, 10)
  net.train([C, E, F, Fa, Fb])
  const before = [...net.topDown.dataSync()]
  expect(net.classify(Fc)).toEqual({ node: 3, outcome: 'new', resets: [2, 0, 1] })
  expect([...net.topDown.dataSync()]).toEqual(before)
  const steps = [...net.trace(Fc)]
  expect(steps.map(({ candidate, committed, accepted }) => [candidate, committed, accepted])).toEqual([
    [2, true, false],
    [0, true, false],
    [1, true, false],
    [3, false, true],
  ])
  expect(steps[0]!.match).toBeCloseTo(17 / 19, 12)
})

it('knows blank patterns, a full memory, and both tests at ρ = 1', () => {
  const net = new CarpenterGrossbergNet(2, 1)
  expect(net.present([0, 0])).toEqual({ node: -1, outcome: 'blank', resets: [] })
  expect(net.present([1, 0])).toEqual({ node: 0, outcome: 'new', resets: [] })
  expect(net.present([0, 1])).toEqual({ node: -1, outcome: 'full', resets: [0] })
  expect(net.exemplar(0)).toEqual(Float64Array.of(1, 0))
  expect(net.exemplar(1)).toBeUndefined()
  const strict = new CarpenterGrossbergNet(2, 1, { vigilance: 1, vigilanceTest: 'greater' })
  expect(strict.present([1, 0]).outcome).toBe('full')
  expect(new CarpenterGrossbergNet(2, 1, { vigilance: 1 }).present([1, 0]).outcome).toBe('new')
})

it('says what is wrong', () => {
  expect(() => new CarpenterGrossbergNet(2, 0)).toThrow('nodes is 0; it must be a positive integer')
  expect(() => new CarpenterGrossbergNet(2, 1, { vigilance: 1.5 })).toThrow('vigilance is 1.5')
  expect(() => new CarpenterGrossbergNet(2, 1, { beta: 0 })).toThrow('beta is 0')
  expect(() => new CarpenterGrossbergNet(2, 1).present([1, -1])).toThrow('value 1 is -1; it must be 0 or 1')
})
