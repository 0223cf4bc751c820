import '@neurite/backend-cpu/install'
import { RandomStream } from '@neurite/data'
import { describe, expect, it } from 'vitest'
import { KohonenMap } from './kohonen-map.ts'
import { exponentialSchedule, linearSchedule } from './schedule.ts'

function square(count: number, seed: number): number[][] {
  const random = new RandomStream(seed)
  return Array.from({ length: count }, () => [random.uniform(-1, 1), random.uniform(-1, 1)])
}

describe('10 × 10 nodes on a square, from 5 starts', () => {
  it.each([
    // Measured independently: quantization errors, and the largest topographic error.
    { steps: 1000, least: 0.104, most: 0.112, topographic: 0.003 },
    { steps: 10_000, least: 0.092, most: 0.096, topographic: 0 },
  ])('unfolds in $steps steps', ({ steps, least, most, topographic }) => {
    const test = square(2000, 99)
    for (let seed = 0; seed < 5; seed++) {
      const map = new KohonenMap(10, 10, 2, { seed }).train(square(steps, seed + 7), { seed })
      expect(map.topographicError(test)).toBeLessThanOrEqual(topographic + 0.01)
      const error = map.quantizationError(test)
      expect(error).toBeGreaterThan(least * 0.95)
      expect(error).toBeLessThan(most * 1.05)
      expect(map.foldedCells()).toBe(0)
    }
  })

  it('unfolds in 40 epochs of batches too, with less error', () => {
    const test = square(2000, 99)
    for (let seed = 0; seed < 3; seed++) {
      const map = new KohonenMap(10, 10, 2, { seed }).trainBatch(square(1000, seed + 7), { epochs: 40 })
      expect(map.topographicError(test)).toBeLessThan(0.01)
      expect(map.quantizationError(test)).toBeLessThan(0.092)
      expect(map.foldedCells()).toBe(0)
    }
  })
})

it('adapts as box 6 says', () => {
  const samples = square(30, 1)
  const start = square(6, 2)
  const learningRate = linearSchedule(0.8, 0.1)
  const radius = linearSchedule(1.6, 0)
  for (const neighbourhood of ['square', 'gaussian'] as const) {
    const map = new KohonenMap(2, 3, 2, { weights: start })
    const expected = start.map((weights) => [...weights])
    // The order is the map's own: the sample that a step shows is found by trying which one explains it.
    let before = expected.map((weights) => [...weights])
    const steps = [...map.trace(samples, { learningRate, radius, neighbourhood, every: 1 })]
    expect(steps).toHaveLength(31)
    steps.slice(1).forEach((step, t) => {
      const explained = samples.some((x) => {
        const after = byTheBox(before, x, {
          gain: learningRate(t / 29),
          radius: radius(t / 29),
          columns: 3,
          neighbourhood,
        })
        return after.flat().every((value, i) => Math.abs(value - step.weights[i]!) < 1e-12)
      })
      expect(explained).toBe(true)
      before = start.map((_, node) => [...step.weights.slice(2 * node, 2 * node + 2)])
    })
  }
})

function byTheBox(
  weights: number[][],
  x: number[],
  { gain, radius, columns, neighbourhood }: { gain: number; radius: number; columns: number; neighbourhood: string },
): number[][] {
  const distances = weights.map((w) => w.reduce((sum, value, i) => sum + (x[i]! - value) ** 2, 0))
  const best = distances.indexOf(Math.min(...distances))
  return weights.map((w, node) => {
    const down = Math.floor(node / columns) - Math.floor(best / columns)
    const across = (node % columns) - (best % columns)
    const isNear = Math.max(Math.abs(down), Math.abs(across)) <= Math.round(radius)
    const gaussian = radius === 0 ? (node === best ? 1 : 0) : Math.exp(-(down ** 2 + across ** 2) / (2 * radius ** 2))
    const share = neighbourhood === 'square' ? (isNear ? 1 : 0) : gaussian
    return w.map((value, i) => value + gain * share * (x[i]! - value))
  })
}

it('a batch step of radius 0 is a step of k-means', () => {
  const samples = square(40, 3)
  const start = square(5, 4)
  const map = new KohonenMap(1, 5, 2, { weights: start })
  const nearest = map.classifyAll(samples).map(({ node }) => node)
  map.trainBatch(samples, { epochs: 1, radius: () => 0 })
  const found = [...map.weights.dataSync()]
  start.forEach((before, node) => {
    const own = samples.filter((_, n) => nearest[n] === node)
    for (const i of [0, 1]) {
      const mean = own.length === 0 ? before[i]! : own.reduce((sum, x) => sum + x[i]!, 0) / own.length
      expect(found[2 * node + i]).toBeCloseTo(mean, 12)
    }
  })
})

it('measures what it says', () => {
  const grid = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => [column, row]))
  const map = new KohonenMap(3, 3, 2, { weights: grid })
  expect(map.classify([2.2, 0.9])).toMatchObject({ node: 5, row: 1, column: 2 })
  expect(map.classify([2.2, 0.9]).distance).toBeCloseTo(Math.hypot(0.2, 0.1), 12)
  expect(
    map.quantizationError([
      [0, 0],
      [1, 1.5],
    ]),
  ).toBeCloseTo(0.25, 12)
  expect(map.topographicError(square(100, 1))).toBe(0)
  expect(map.foldedCells()).toBe(0)
  const exchanged = grid.map((_, node) => grid[node === 0 ? 8 : node === 8 ? 0 : node]!)
  const folded = new KohonenMap(3, 3, 2, { weights: exchanged })
  expect(folded.foldedCells()).toBeGreaterThan(0)
  expect(folded.topographicError(square(100, 1))).toBeGreaterThan(0.2)
})

it('schedules run from start to end', () => {
  expect([0, 0.5, 1].map(linearSchedule(4, 0))).toEqual([4, 2, 0])
  expect([0, 0.5, 1].map(exponentialSchedule(4, 1))).toEqual([4, 2, 1])
  expect(() => exponentialSchedule(1, 0)).toThrow('from 1 to 0; both must be positive')
})

it('says what is wrong', () => {
  expect(() => new KohonenMap(0, 2, 2)).toThrow('rows is 0; it must be a positive integer')
  expect(() => new KohonenMap(2, 2, 2, { weights: [[0, 0]] })).toThrow('1 rows of weights; a map of 2 × 2 has 4 nodes')
  const map = new KohonenMap(2, 2, 3)
  expect(() => map.train([[1, 2]])).toThrow('the patterns have 2 values; the net takes 3')
  expect(() => map.train([[1, 2, 3]], { learningRate: () => 2 })).toThrow(
    'the learning rate is 2; it must stay between 0 and 1',
  )
  expect(() => map.train([[1, 2, 3]], { steps: 0 })).toThrow('steps is 0')
  expect(() => map.foldedCells()).toThrow('the map has 3 inputs')
})
