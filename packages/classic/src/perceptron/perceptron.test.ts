import '@neurite/backend-cpu/install'
import { RandomStream } from '@neurite/data'
import { tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { novikoffBound } from './novikoff-bound.ts'
import { Perceptron } from './perceptron.ts'

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]
const and = [-1, -1, -1, 1]
const or = [-1, 1, 1, 1]
const xor = [-1, 1, 1, -1]

/** Box 4 word by word. */
function byTheBox(
  patterns: readonly number[][],
  classes: readonly number[],
  start: number[],
  rate: number,
  epochs: number,
): { weights: number[]; corrections: number } {
  let weights = start
  let corrections = 0
  for (let epoch = 0; epoch < epochs; epoch++)
    patterns.forEach((pattern, index) => {
      const x = [...pattern, -1]
      const y = x.reduce((sum, value, i) => sum + value * weights[i]!, 0) >= 0 ? 1 : -1
      if (y !== classes[index]) corrections++
      weights = weights.map((weight, i) => weight + rate * (classes[index]! - y) * x[i]!)
    })
  return { weights, corrections }
}

describe('convergence procedure', () => {
  it.each([
    // 50 starts, measured independently: the most epochs and the mean number of corrections.
    ['AND', and, 8, 10.3],
    ['OR', or, 5, 4.3],
  ])('learns %s', (_, classes, mostEpochs, meanCorrections) => {
    const trainings = Array.from({ length: 50 }, (_, seed) => {
      const net = new Perceptron(2, { seed })
      const training = net.train(corners, classes)
      expect(corners.map((corner) => net.classify(corner))).toEqual(classes)
      return training
    })
    for (const { outcome, errors, epochs } of trainings) {
      expect({ outcome, errors }).toEqual({ outcome: 'converged', errors: 0 })
      expect(epochs).toBeLessThanOrEqual(mostEpochs + 1)
    }
    const mean = trainings.reduce((sum, { corrections }) => sum + corrections, 0) / 50
    expect(Math.abs(mean - meanCorrections)).toBeLessThan(1.5)
  })

  it('never learns XOR: the weights come back, with about four corrections an epoch', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { outcome, period, errors } = new Perceptron(2, { seed }).train(corners, xor)
      expect(outcome).toBe('cycle')
      expect(period).toBeGreaterThan(0)
      expect(errors).toBeGreaterThan(0)
      const patient = new Perceptron(2, { seed }).train(corners, xor, { stopOnCycle: false })
      expect(patient).toMatchObject({ outcome: 'limit', epochs: 1000 })
      expect(patient.corrections).toBeGreaterThan(3900)
    }
  })

  it('does what box 4 says', () => {
    const value = fc.integer({ min: -8, max: 8 }).map((integer) => integer / 4)
    const example = fc.tuple(fc.tuple(value, value), fc.constantFrom(-1, 1))
    fc.assert(
      fc.property(fc.array(example, { minLength: 1, maxLength: 6 }), fc.nat(1000), (examples, seed) => {
        const patterns = examples.map(([pattern]) => [...pattern])
        const classes = examples.map(([, target]) => target)
        const net = new Perceptron(2, { seed })
        const start = [...net.weights, net.offset]
        const { epochs, corrections } = net.train(patterns, classes, { maxEpochs: 20, learningRate: 0.25 })
        const expected = byTheBox(patterns, classes, start, 0.25, epochs)
        expect(corrections).toBe(expected.corrections)
        ;[...net.weights, net.offset].forEach((weight, i) => {
          expect(weight).toBeCloseTo(expected.weights[i]!, 12)
        })
      }),
    )
  })

  it('makes no more corrections than Novikoff’s bound', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.double({ min: 0.05, max: 1, noNaN: true }), (seed, learningRate) => {
        const random = new RandomStream(seed)
        const separator = { weights: [random.uniform(-1, 1), random.uniform(-1, 1)], offset: random.uniform(-0.3, 0.3) }
        const side = (x: number[]): number =>
          separator.weights[0]! * x[0]! + separator.weights[1]! * x[1]! - separator.offset
        const patterns = Array.from({ length: 60 }, () => [random.uniform(-1, 1), random.uniform(-1, 1)]).filter(
          (x) => Math.abs(side(x)) > 0.1,
        )
        fc.pre(patterns.length > 0)
        const classes = patterns.map((x) => Math.sign(side(x)))
        const net = new Perceptron(2, { weights: [0, 0], offset: 0 })
        const { outcome, corrections } = net.train(patterns, classes, { learningRate, shuffle: true, seed })
        expect(outcome).toBe('converged')
        expect(corrections).toBeLessThanOrEqual(novikoffBound(patterns, classes, separator).corrections)
      }),
      { numRuns: 40 },
    )
  })
})

it('a trace shows every presentation, and ends like the training', () => {
  const net = new Perceptron(2, { seed: 3 })
  const steps = net.trace(corners, and)
  let corrections = 0
  let shown = 0
  for (;;) {
    const { done, value } = steps.next()
    if (done) {
      expect(value).toEqual(new Perceptron(2, { seed: 3 }).train(corners, and))
      expect(value.corrections).toBe(corrections)
      expect(shown).toBe(4 * value.epochs)
      break
    }
    expect(value.example).toBe(shown % 4)
    expect(value.corrected).toBe(value.output !== and[value.example])
    shown++
    if (value.corrected) corrections++
  }
})

describe('LMS', () => {
  it('comes near the least-squares weights of all four corners', () => {
    // Normal equations of AND with targets ±1: w = (1, 1), θ = 1.5.
    const net = new Perceptron(2, { seed: 1 })
    const { outcome, errors } = net.train(corners, and, { rule: 'lms', learningRate: 0.002, maxEpochs: 20_000 })
    expect({ outcome, errors }).toEqual({ outcome: 'converged', errors: 0 })
    ;[...net.weights, net.offset].forEach((weight, i) => {
      expect(Math.abs(weight - [1, 1, 1.5][i]!)).toBeLessThan(0.01)
    })
  })

  it('comes to rest on XOR too', () => {
    const net = new Perceptron(2, { seed: 1 })
    expect(net.train(corners, xor, { rule: 'lms', learningRate: 0.05 }).outcome).toBe('converged')
    for (const weight of net.weights) expect(Math.abs(weight)).toBeLessThan(0.2)
  })
})

it('the pocket keeps the best weights where no hyperplane separates', () => {
  const counts = Array.from({ length: 20 }, (_, seed) => {
    const random = new RandomStream(seed)
    const classes = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1 : -1))
    const patterns = classes.map((side) => [random.roughlyNormal() + side, random.roughlyNormal()])
    const errorsAfter = (rule: 'pocket' | 'convergence'): number => {
      const net = new Perceptron(2, { seed })
      const { errors } = net.train(patterns, classes, { rule, shuffle: true, seed, maxEpochs: 50 })
      expect(patterns.filter((pattern, i) => net.classify(pattern) !== classes[i])).toHaveLength(errors)
      return errors
    }
    return { pocket: errorsAfter('pocket'), last: errorsAfter('convergence') }
  })
  for (const { pocket, last } of counts) expect(pocket).toBeLessThanOrEqual(last)
  const saved = counts.reduce((sum, { pocket, last }) => sum + last - pocket, 0)
  expect(saved / 20).toBeGreaterThan(2)
})

it('forward is the activation', () => {
  const net = new Perceptron(2, { weights: [2, -1], offset: 0.5 })
  expect([
    ...net
      .forward(
        tensor([
          [1, 1],
          [0, 3],
        ]),
      )
      .dataSync(),
  ]).toEqual([0.5, -3.5])
})

it('says what is wrong', () => {
  const net = new Perceptron(2)
  expect(() => net.train(corners, [0, 1, 1, 1])).toThrow("the pattern's value 0 is 0; it must be −1 or 1")
  expect(() => net.train(corners, [1])).toThrow('1 classes for 4 patterns')
  expect(() => net.train(corners, and, { learningRate: 0 })).toThrow('learningRate is 0; it must be a positive number')
  expect(() => net.train(corners, and, { maxEpochs: 0 })).toThrow('maxEpochs is 0')
  expect(() => net.classify([1])).toThrow('the pattern has 1 values; the net takes 2')
  expect(() => novikoffBound(corners, xor, { weights: [1, 1], offset: 0.5 })).toThrow(
    'it must have all examples on their sides',
  )
})
