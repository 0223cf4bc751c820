import '@neurite/backend-cpu/install'
import { tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digitPatterns } from '../patterns/digits.ts'
import { flipBits, randomPatterns } from '../patterns/noise.ts'
import { HopfieldNet } from './hopfield-net.ts'
import { makeStorable } from './make-storable.ts'

const digits = digitPatterns().map(({ pattern }) => pattern)

function hebbByHand(patterns: readonly ArrayLike<number>[]): number[] {
  const size = patterns[0]!.length
  return Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    return i === j ? 0 : patterns.reduce((sum, x) => sum + x[i]! * x[j]!, 0)
  })
}

describe('weights', () => {
  it('Hebb: sums of products, zero diagonal', () => {
    const patterns = randomPatterns(3, 7, { seed: 1 })
    expect([...new HopfieldNet(7).train(patterns).weights.dataSync()]).toEqual(hebbByHand(patterns))
  })

  it('pseudo-inverse: every exemplar is an eigenvector of the projection, also beside dependent ones', () => {
    const patterns = randomPatterns(5, 20, { seed: 2 })
    const dependent = [...patterns, patterns[0]!, patterns[1]!.map((value) => -value)]
    const weights = new HopfieldNet(20, { rule: 'pseudo-inverse' }).train(dependent).weights.dataSync()
    // Each row's missing diagonal entry p_ii is what makes the projection's trace its rank, and x_i = Σ_j p_ij x_j.
    const diagonals = patterns.map((x) =>
      x.map((value, i) => (value - x.reduce((s, y, j) => s + weights[i * 20 + j]! * y, 0)) / value),
    )
    for (const diagonal of diagonals)
      diagonal.forEach((entry, i) => {
        expect(entry).toBeCloseTo(diagonals[0]![i]!, 10)
      })
    expect(diagonals[0]!.reduce((sum, entry) => sum + entry, 0)).toBeCloseTo(5, 10)
  })

  it('Storkey: as the rule says, pattern after pattern', () => {
    const patterns = randomPatterns(3, 6, { seed: 3 })
    let expected = new Float64Array(36)
    for (const x of patterns) {
      const local = (i: number, j: number): number =>
        [...x.keys()].reduce((sum, k) => (k === i || k === j ? sum : sum + expected[i * 6 + k]! * x[k]!), 0)
      expected = expected.map((weight, at) => {
        const [i, j] = [Math.floor(at / 6), at % 6]
        return i === j ? 0 : weight + (x[i]! * x[j]! - x[i]! * local(j, i) - local(i, j) * x[j]!) / 6
      })
    }
    const weights = new HopfieldNet(6, { rule: 'storkey' }).train(patterns).weights.dataSync()
    weights.forEach((weight, at) => {
      expect(weight).toBeCloseTo(expected[at]!, 12)
    })
  })
})

describe('recall', () => {
  it('never raises the energy, and ends in a state that no node leaves', () => {
    const cases = fc.record({
      seed: fc.nat(1e6),
      count: fc.integer({ min: 1, max: 12 }),
      size: fc.integer({ min: 2, max: 24 }),
      rule: fc.constantFrom('hebb' as const, 'storkey' as const, 'pseudo-inverse' as const),
      update: fc.constantFrom('random' as const, 'sequential' as const),
      offset: fc.constantFrom(0, 0.25, -1.5),
    })
    fc.assert(
      fc.property(cases, ({ seed, count, size, rule, update, offset }) => {
        const offsets = new Float64Array(size).fill(offset)
        const net = new HopfieldNet(size, { rule, offsets }).train(randomPatterns(count, size, { seed }))
        const start = randomPatterns(1, size, { seed: seed + 1 })[0]!
        const steps = net.trace(start, { update, seed })
        let energy = net.energy(start)
        for (;;) {
          const { done, value } = steps.next()
          if (done) {
            expect(value).toMatchObject({ outcome: 'stable', match: net.match(value.state) })
            expect(net.isStable(value.state)).toBe(true)
            expect(value.energy).toBeCloseTo(net.energy(value.state), 8)
            expect(value).toEqual(net.recall(start, { update, seed }))
            return
          }
          expect(value.energy).toBeLessThanOrEqual(energy)
          energy = value.energy
        }
      }),
      { numRuns: 60 },
    )
  })

  it('holds all digits as fixed points, and their inverses', () => {
    const net = new HopfieldNet(120).train(digits)
    for (const [exemplar, digit] of digits.entries()) {
      expect(net.isStable(digit)).toBe(true)
      const inverse = digit.map((value) => -value)
      expect(net.recall(inverse)).toMatchObject({ sweeps: 0, changes: 0, match: { exemplar, inverted: true } })
    }
  })

  it.each([
    // Measured independently over 1,000 trials each; four standard deviations of two samples, of 1,000 and 250, below and above.
    ['0', 71],
    ['1', 74],
    ['2', 78],
    ['3', 39],
    ['4', 59],
    ['6', 95],
    ['9', 86],
    ['block', 68],
  ])('restores digit %s with a quarter of the bits flipped in about %i per cent of the trials', (name, percent) => {
    const place = digitPatterns().findIndex((digit) => digit.name === name)
    const net = new HopfieldNet(120).train(digits)
    const trials = 250
    const recalls = Array.from({ length: trials }, (_, seed) =>
      net.recall(flipBits(digits[place]!, 0.25, { seed }), { seed }),
    )
    const share = recalls.filter(({ match }) => match?.exemplar === place && !match.inverted).length / trials
    const expected = percent / 100
    expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt(expected * (1 - expected) * (1 / trials + 1 / 1000)))
    const sweeps = recalls.reduce((sum, recall) => sum + recall.sweeps, 0) / trials
    expect(sweeps).toBeGreaterThan(1.1)
    expect(sweeps).toBeLessThan(2)
  })

  it('stores hand-made digits that Hebb’s rule does not hold, by the pseudo-inverse rule', () => {
    const similar = digits.map((digit) => digit.map((value, i) => (i % 5 === 0 ? 1 : value)))
    const hebb = new HopfieldNet(120).train(similar)
    expect(similar.every((pattern) => hebb.isStable(pattern))).toBe(false)
    const net = new HopfieldNet(120, { rule: 'pseudo-inverse' }).train(similar)
    expect(similar.every((pattern) => net.isStable(pattern))).toBe(true)
    const storable = makeStorable(similar)
    const again = new HopfieldNet(120).train(storable)
    expect(storable.every((pattern) => again.isStable(pattern))).toBe(true)
  })

  it('reports a cycle of two states where all nodes change at once, and a fixed point where they take turns', () => {
    const net = new HopfieldNet(2).train([[1, 1]])
    const together = net.recall([1, -1], { update: 'synchronous' })
    expect(together).toMatchObject({ outcome: 'cycle', sweeps: 2, changes: 4, match: undefined })
    expect(net.recall([1, -1], { update: 'sequential' })).toMatchObject({ outcome: 'stable', match: { exemplar: 0 } })
  })

  it('a sum of three patterns is a spurious state', () => {
    const patterns = randomPatterns(3, 400, { seed: 4 })
    const mixture = patterns[0]!.map((_, i) => Math.sign(patterns.reduce((sum, x) => sum + x[i]!, 0)))
    const { match, state } = new HopfieldNet(400).train(patterns).recall(mixture, { update: 'sequential' })
    expect(match).toBeUndefined()
    expect(state.filter((value, i) => value !== mixture[i]).length).toBeLessThan(20)
  })

  it('does at 0 what onZero says', () => {
    const stateOf = (onZero: 'hold' | 1 | -1): number[] => [...new HopfieldNet(2, { onZero }).recall([1, -1]).state]
    expect(stateOf('hold')).toEqual([1, -1])
    expect(stateOf(1)).toEqual([1, 1])
    expect(stateOf(-1)).toEqual([-1, -1])
  })

  it('stops at the limit', () => {
    const net = new HopfieldNet(120).train(digits)
    const start = flipBits(digits[0]!, 0.4, { seed: 1 })
    expect(net.recall(start, { maxSweeps: 1 })).toMatchObject({ outcome: 'limit', sweeps: 1 })
  })
})

it.each([
  // N = 100, measured independently: shares of exemplars that stay, and of bits that turn wrong, in per cent.
  [5, 100, 0],
  [10, 97, 0.1],
  [12, 92, 0.4],
  [15, 68, 2.4],
  [20, 41, 5.4],
])(
  '%i random exemplars of 100 nodes: about %i per cent are recalled exactly, %f per cent of the bits wrong',
  (count, exact, wrong) => {
    const recalls = Array.from({ length: Math.ceil(200 / count) }, (_, seed) => {
      const patterns = randomPatterns(count, 100, { seed: 1000 + seed })
      const net = new HopfieldNet(100).train(patterns)
      return patterns.map((pattern) => {
        const { state } = net.recall(pattern, { seed })
        return state.filter((value, i) => value !== pattern[i]).length
      })
    }).flat()
    const share = (100 * recalls.filter((bits) => bits === 0).length) / recalls.length
    expect(Math.abs(share - exact)).toBeLessThan(12)
    expect(Math.abs(recalls.reduce((sum, bits) => sum + bits, 0) / recalls.length - wrong)).toBeLessThan(
      0.5 + wrong / 2,
    )
  },
)

it('takes tensors', () => {
  const net = new HopfieldNet(2).train(tensor([[1, -1]]))
  expect(net.recall(tensor([1, -1])).match).toEqual({ exemplar: 0, inverted: false })
})

it('says what is wrong', () => {
  expect(() => new HopfieldNet(0)).toThrow('HopfieldNet: nodes is 0; it must be a positive integer.')
  expect(() => new HopfieldNet(2, { offsets: [1] })).toThrow('HopfieldNet: the pattern has 1 values; the net takes 2.')
  const net = new HopfieldNet(2)
  expect(() => net.train([])).toThrow('HopfieldNet.train: there is no pattern; at least one is needed.')
  expect(() => net.train([[1, 0]])).toThrow('HopfieldNet.train: value 1 of pattern 0 is 0; it must be −1 or 1.')
  expect(() => net.train([[1, 1, 1]])).toThrow('HopfieldNet.train: the patterns have 3 values; the net takes 2.')
  expect(() => net.train([[1, 1], [1]])).toThrow('pattern 1 has 1 values, the first one 2')
  expect(() => net.recall(tensor([[1, 1]]))).toThrow('takes one pattern [N]; got a tensor [1, 2]')
  expect(() => net.recall([1, 1], { maxSweeps: 0 })).toThrow('maxSweeps is 0; it must be a positive integer.')
  expect(() => net.recall([1, Number.NaN])).toThrow("the pattern's value 1 is NaN")
})
