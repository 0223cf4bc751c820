import '@neurite/backend-cpu/install'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digitPatterns } from '../patterns/digits.ts'
import { flipBits, randomPatterns } from '../patterns/noise.ts'
import { comparatorTree } from './comparator-tree.ts'
import { HammingNet } from './hamming-net.ts'
import { Maxnet } from './maxnet.ts'

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).filter((value, i) => value !== b[i]).length
}

it('scores are N minus the Hamming distances, and the nearest exemplar wins', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }), (seed, count, size) => {
      const exemplars = randomPatterns(count, size, { seed })
      const pattern = randomPatterns(1, size, { seed: seed + 1 })[0]!
      const distances = exemplars.map((exemplar) => distance(exemplar, pattern))
      const net = new HammingNet(exemplars)
      const result = net.classify(pattern)
      expect([...result.scores]).toEqual(distances.map((d) => size - d))
      const best = Math.min(...distances)
      if (best === size) expect(result).toMatchObject({ winner: -1, outcome: 'none', distance: undefined })
      else {
        expect(result.winner).toBe(distances.indexOf(best))
        expect(result.distance).toBe(best)
        expect(result.outcome).toBe(distances.filter((d) => d === best).length > 1 ? 'tie' : 'winner')
      }
    }),
    { numRuns: 100 },
  )
})

it('an exemplar scores N', () => {
  const digits = digitPatterns().map(({ pattern }) => pattern)
  const net = new HammingNet(digits)
  digits.forEach((digit, index) => {
    expect(net.classify(digit)).toMatchObject({ winner: index, distance: 0 })
    expect(net.scores(digit)[index]).toBe(120)
  })
})

describe('MAXNET', () => {
  it.each([
    // N = 1000, M = 100: iterations measured independently, means of 20 runs.
    [0.99, 0, 8.2],
    [0.9, 0, 10.3],
    [0.99, 0.1, 9.6],
    [0.99, 0.25, 15.8],
    [0.9, 0.25, 15.9],
    [0.5, 0.25, 33],
  ])('ε = %f/M and %f of the bits flipped: right after about %f iterations', (factor, flips, expected) => {
    const counts = Array.from({ length: 20 }, (_, seed) => {
      const exemplars = randomPatterns(100, 1000, { seed })
      const net = new HammingNet(exemplars, { epsilon: factor / 100 })
      const { winner, outcome, iterations } = net.classify(flipBits(exemplars[50]!, flips, { seed: seed + 100 }))
      expect({ winner, outcome }).toEqual({ winner: 50, outcome: 'winner' })
      return iterations
    })
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.25)
  })

  it('keeps the order, and widens the gap of the two largest by 1 + ε as long as both are left', () => {
    const net = new Maxnet(5, { epsilon: 0.1 })
    const steps = [...net.trace([3, 9, 7, 8.5, 1])]
    for (let t = 1; t < steps.length; t++) {
      const [before, after] = [steps[t - 1]!.outputs, steps[t]!.outputs]
      if (after[3]! > 0) expect((after[1]! - after[3]!) / (before[1]! - before[3]!)).toBeCloseTo(1.1, 10)
    }
    expect(steps.at(-1)!.outputs.map((value) => Math.sign(value))).toEqual(Float64Array.of(0, 1, 0, 0, 0))
  })

  it('breaks ties as it is told', () => {
    const inputs = [4, 7, 7, 1]
    expect(new Maxnet(4).recall(inputs)).toMatchObject({ winner: 1, outcome: 'tie', survivors: [1, 2] })
    const winners = Array.from({ length: 40 }, (_, seed) => {
      const result = new Maxnet(4, { ties: 'noise', seed }).recall(inputs)
      expect(result.outcome).toBe('winner')
      return result.winner
    })
    expect(new Set(winners)).toEqual(new Set([1, 2]))
    const stubborn = new Maxnet(4, { ties: 'none', maxIterations: 100 }).recall(inputs)
    expect(stubborn).toMatchObject({ winner: -1, outcome: 'limit', iterations: 100, survivors: [1, 2] })
  })

  it('finds nothing among zeros, and the only one at once', () => {
    expect(new Maxnet(2).recall([0, 0])).toMatchObject({ winner: -1, outcome: 'none', iterations: 0 })
    expect(new Maxnet(1).recall([5])).toMatchObject({ winner: 0, outcome: 'winner', iterations: 0 })
  })
})

it('a tree of comparators finds the first largest in ⌈log₂ M⌉ levels', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }), (inputs) => {
      const { winner, levels } = comparatorTree(inputs)
      expect(winner).toBe(inputs.indexOf(Math.max(...inputs)))
      expect(levels).toHaveLength(Math.ceil(Math.log2(inputs.length)) + 1)
    }),
  )
})

it('says what is wrong', () => {
  const exemplars = randomPatterns(4, 6, { seed: 1 })
  expect(() => new HammingNet(exemplars, { epsilon: 0.25 })).toThrow(
    'ε is 0.25; for 4 nodes it must lie between 0 and 1/4',
  )
  expect(() => new HammingNet(exemplars, { saturation: 6 })).toThrow('saturation at 6; scores reach N = 6')
  expect(() => new HammingNet([[1, 0]])).toThrow('value 1 of pattern 0 is 0; it must be −1 or 1')
  expect(() => new Maxnet(2).recall([1, -1])).toThrow('input 1 is -1; inputs must not be negative')
  expect(() => new Maxnet(0)).toThrow('nodes is 0')
  expect(() => new Maxnet(2, { maxIterations: 0 })).toThrow('maxIterations is 0')
  expect(() => comparatorTree([])).toThrow('there is no input')
})
