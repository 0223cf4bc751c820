import '@neurite/backend-cpu/install'
import { RandomStream } from '@neurite/data'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HammingNet } from '../hamming/hamming-net.ts'
import { KohonenMap } from '../kohonen/kohonen-map.ts'
import { letterPatterns } from '../patterns/letters.ts'
import { flipBits, randomPatterns } from '../patterns/noise.ts'
import { BinaryNoiseClassifier } from './binary-noise-classifier.ts'
import { GaussianClassifier } from './gaussian-classifier.ts'
import { kMeans } from './k-means.ts'
import { KNearestNeighbours } from './k-nearest-neighbours.ts'
import { leaderClustering } from './leader-clustering.ts'

function clouds(count: number, seed: number): { patterns: number[][]; classes: number[] } {
  const random = new RandomStream(seed)
  const classes = Array.from({ length: count }, (_, i) => i % 2)
  const patterns = classes.map((of) => [random.roughlyNormal() + 2 * of, 0.5 * random.roughlyNormal() - of])
  return { patterns, classes }
}

describe('Gaussian classifier', () => {
  it('independent inputs: weights and offset are the published ones', () => {
    const { patterns, classes } = clouds(200, 1)
    const { weights, offset } = new GaussianClassifier({ covariance: 'independent' })
      .train(patterns, classes)
      .discriminant()
    const means = [0, 1].map((of) =>
      [0, 1].map((i) => mean(patterns.filter((_, n) => classes[n] === of).map((x) => x[i]!))),
    )
    const variances = [0, 1].map((i) => mean(patterns.map((x, n) => (x[i]! - means[classes[n]!]![i]!) ** 2)))
    const [A, B] = means as [number[], number[]]
    variances.forEach((variance, i) => {
      expect(weights[i]).toBeCloseTo((2 * (A[i]! - B[i]!)) / variance, 9)
    })
    expect(offset).toBeCloseTo(
      variances.reduce((sum, variance, i) => sum + (A[i]! ** 2 - B[i]! ** 2) / variance, 0),
      9,
    )
  })

  it.each(['independent', 'shared'] as const)('%s: the discriminant decides as the likelihoods do', (covariance) => {
    const { patterns, classes } = clouds(100, 2)
    const net = new GaussianClassifier({ covariance }).train(patterns, classes)
    const { weights, offset } = net.discriminant()
    const found = net.classifyAll(patterns)
    patterns.forEach((x, n) => {
      expect(weights[0]! * x[0]! + weights[1]! * x[1]! >= offset ? 0 : 1).toBe(found[n])
      expect(net.classify(x)).toBe(found[n])
    })
  })

  it('separate: log-likelihoods by the formula, and a small class within a large one', () => {
    const random = new RandomStream(3)
    const classes = Array.from({ length: 200 }, (_, i) => i % 2)
    const patterns = classes.map((of) => [(1 + 3 * of) * random.roughlyNormal(), (1 + 3 * of) * random.roughlyNormal()])
    const net = new GaussianClassifier({ covariance: 'separate' }).train(patterns, classes)
    expect([net.classify([0, 0]), net.classify([6, 0]), net.classify([0, -6])]).toEqual([0, 1, 1])
    const [x0, x1] = [1.5, -0.5]
    const expected = [0, 1].map((of) => {
      const own = patterns.filter((_, n) => classes[n] === of)
      const [m0, m1] = [mean(own.map((x) => x[0]!)), mean(own.map((x) => x[1]!))]
      const product = (i: 0 | 1, j: 0 | 1): number =>
        mean(own.map((x) => (x[i]! - [m0, m1][i]!) * (x[j]! - [m0, m1][j]!)))
      const [s00, s01, s11] = [product(0, 0), product(0, 1), product(1, 1)]
      const determinant = s00 * s11 - s01 ** 2
      const [d0, d1] = [x0 - m0, x1 - m1]
      return -0.5 * ((s11 * d0 ** 2 - 2 * s01 * d0 * d1 + s00 * d1 ** 2) / determinant + Math.log(determinant))
    })
    net.scores([x0, x1]).forEach((score, of) => {
      expect(score).toBeCloseTo(expected[of]!, 9)
    })
  })

  it('says what is wrong', () => {
    expect(() => new GaussianClassifier().classify([])).toThrow('train it first')
    expect(() =>
      new GaussianClassifier().train(
        [
          [1, 1],
          [1, 1],
        ],
        [0, 1],
      ),
    ).toThrow('the covariance of class 0 is singular')
    expect(() => new GaussianClassifier().train([[1], [2]], [0, 2])).toThrow('class 1 has no pattern')
    expect(() => new GaussianClassifier().train([[1], [2]], [0])).toThrow('1 classes for 2 patterns')
    expect(() => new GaussianClassifier().train([[1], [2]], [0, 0.5])).toThrow(
      'class 1 is 0.5; classes are whole numbers',
    )
    const { patterns, classes } = clouds(20, 1)
    expect(() => new GaussianClassifier({ covariance: 'separate' }).train(patterns, classes).discriminant()).toThrow(
      'only two classes of one covariance',
    )
  })
})

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('k nearest neighbours', () => {
  it('vote as a sorted list does', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 7 }), (seed, k) => {
        const { patterns, classes } = clouds(20, seed)
        const found = new KNearestNeighbours(patterns, classes, k).classifyAll(clouds(10, seed + 1).patterns)
        clouds(10, seed + 1).patterns.forEach((x, n) => {
          const order = [...patterns.keys()]
            .sort((i, j) => distance(patterns[i]!, x) - distance(patterns[j]!, x))
            .slice(0, k)
          const ones = order.filter((i) => classes[i] === 1).length
          const expected = 2 * ones === k ? classes[order[0]!] : 2 * ones > k ? 1 : 0
          expect(found[n]).toBe(expected)
        })
      }),
      { numRuns: 25 },
    )
  })

  it('says what is wrong', () => {
    expect(() => new KNearestNeighbours([[1]], [0], 2)).toThrow('2 neighbours of 1 examples')
    expect(() => new KNearestNeighbours([[1]], [0], 0)).toThrow('neighbours is 0')
  })
})

function distance(p: ArrayLike<number>, q: ArrayLike<number>): number {
  return Math.hypot(...Array.from(p).map((value, i) => value - q[i]!))
}

describe('k-means', () => {
  it('ends where every pattern is with the nearest mean and every mean in the middle; the error never rises', () => {
    for (let seed = 0; seed < 5; seed++) {
      const { patterns } = clouds(60, seed)
      const result = kMeans(patterns, 4, { seed })
      expect(result.converged).toBe(true)
      patterns.forEach((x, n) => {
        const distances = result.means.map((m) => distance(m, x))
        expect(distances[result.clusters[n]!]).toBe(Math.min(...distances))
      })
      result.means.forEach((m, k) => {
        const own = patterns.filter((_, n) => result.clusters[n] === k)
        m.forEach((value, i) => {
          expect(value).toBeCloseTo(mean(own.map((x) => x[i]!)), 10)
        })
      })
      const errors = Array.from({ length: 6 }, (_, i) => kMeans(patterns, 4, { seed, maxIterations: i + 1 }).error)
      for (let i = 1; i < 6; i++) expect(errors[i]).toBeLessThanOrEqual(errors[i - 1]! + 1e-9)
    }
  })

  it('is Kohonen’s batch rule of radius 0', () => {
    const { patterns } = clouds(60, 9)
    const means = patterns.slice(0, 5)
    const map = new KohonenMap(1, 5, 2, { weights: means }).trainBatch(patterns, { epochs: 30, radius: () => 0 })
    const result = kMeans(patterns, 5, { means })
    ;[...map.weights.dataSync()].forEach((weight, i) => {
      expect(weight).toBeCloseTo(result.means[Math.floor(i / 2)]![i % 2]!, 10)
    })
  })

  it('says what is wrong', () => {
    expect(() => kMeans([[1]], 2)).toThrow('2 clusters of 1 patterns')
    expect(() => kMeans([[1], [2]], 2, { means: [[1]] })).toThrow('1 means for 2 clusters')
    expect(kMeans([[1], [1]], 2).error).toBe(0)
  })
})

it('leader clustering: one pass, the first pattern of a cluster leads', () => {
  const { clusters, leaders } = leaderClustering([[0], [1], [5], [2], [6.5]], 2)
  expect(clusters).toEqual([0, 0, 1, 0, 1])
  expect(leaders.map(([value]) => value)).toEqual([0, 5])
  const letters = letterPatterns().map(({ pattern }) => pattern)
  expect(leaderClustering(letters, 2, { distance: 'hamming' }).clusters).toEqual([0, 1, 2, 2, 2, 2])
  expect(() => leaderClustering([[0]], 0)).toThrow('threshold is 0')
})

describe('optimum classifier for binary noise', () => {
  it('finds what the Hamming net finds, for every flip probability below ½', () => {
    const exemplars = randomPatterns(8, 40, { seed: 1 })
    const net = new HammingNet(exemplars)
    for (const flip of [0.01, 0.25, 0.49]) {
      const optimum = new BinaryNoiseClassifier(exemplars, { flip })
      for (let seed = 0; seed < 30; seed++) {
        const noisy = flipBits(exemplars[seed % 8]!, 0.25, { seed })
        expect(optimum.classify(noisy)).toBe(net.classify(noisy).winner)
      }
    }
  })

  it('scores are the logarithms of probabilities that sum to 1 over all patterns', () => {
    const net = new BinaryNoiseClassifier(
      [
        [1, 1, -1],
        [-1, 1, 1],
      ],
      { flip: 0.2, priors: [3, 1] },
    )
    const all = Array.from({ length: 8 }, (_, n) => [n & 1, n & 2, n & 4].map((bit) => (bit ? 1 : -1)))
    const total = all.reduce((sum, x) => sum + net.scores(x).reduce((inner, score) => inner + Math.exp(score), 0), 0)
    expect(total).toBeCloseTo(1, 12)
    expect(net.classify([1, 1, 1])).toBe(0)
  })

  it('says what is wrong', () => {
    expect(() => new BinaryNoiseClassifier([[1]], { flip: 0 })).toThrow('flip is 0')
    expect(() => new BinaryNoiseClassifier([[1]], { priors: [1, 2] })).toThrow(
      'it needs a positive number for each of 1 exemplars',
    )
  })
})
