// What the papers say about single steps and about long runs, without PyTorch.

import { tensor, Variable } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  Adadelta,
  Adafactor,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  LAMB,
  Lion,
  NAdam,
  type Optimizer,
  RAdam,
  RMSprop,
  Rprop,
  SGD,
} from './index.ts'

/** Positions after each of the steps with the given gradients, from 0. */
function run(make: (x: readonly Variable[]) => Optimizer, gradients: readonly number[]): number[] {
  const x = new Variable(tensor(0))
  const optimizer = make([x])
  return gradients.map((gradient) => {
    optimizer.step([tensor(gradient)])
    return x.value.itemSync()
  })
}

const gradient = fc.oneof(
  fc.double({ min: 0.01, max: 100, noNaN: true }),
  fc.double({ min: -100, max: -0.01, noNaN: true }),
)
const constant = (g: number, steps: number): number[] => Array.from({ length: steps }, () => g)

describe('SGD', () => {
  test('with momentum, constant gradients approach the step learningRate · g / (1 − momentum)', () => {
    const path = run((x) => new SGD(x, { learningRate: 0.1, momentum: 0.5 }), constant(1, 30))
    expect(path[0]).toBeCloseTo(-0.1, 6)
    expect(path[29]! - path[28]!).toBeCloseTo(-0.2, 5)
  })

  test('with nesterov, the first step is (1 + momentum) times as long', () => {
    const [first] = run((x) => new SGD(x, { learningRate: 0.1, momentum: 0.9, nesterov: true }), [1])
    expect(first).toBeCloseTo(-0.19, 6)
  })

  test('dampening holds back all gradients but the first', () => {
    const path = run((x) => new SGD(x, { learningRate: 1, momentum: 1, dampening: 0.75 }), [1, 1])
    expect(path).toEqual([-1, -2.25])
  })

  test('weight decay alone shrinks a parameter by a factor, maximize climbs', () => {
    const x = new Variable(tensor(8))
    const optimizer = new SGD([x], { learningRate: 0.5, weightDecay: 0.5 })
    for (let step = 0; step < 3; step++) optimizer.step([tensor(0)])
    expect(x.value.itemSync()).toBeCloseTo(8 * 0.75 ** 3, 5)
    expect(run((y) => new SGD(y, { learningRate: 0.5, maximize: true }), [3])).toEqual([1.5])
  })
})

test('Adam: the first step is as long as the learning rate, whatever the gradient', () => {
  fc.assert(
    fc.property(gradient, (g) => {
      const [first] = run((x) => new Adam(x, { learningRate: 0.25 }), [g])
      expect(first! / (-0.25 * Math.sign(g))).toBeCloseTo(1, 5)
    }),
    { numRuns: 30 },
  )
})

test('Adam: constant gradients give steps of the learning rate at any time, so both bias corrections are exact', () => {
  const path = run((x) => new Adam(x, { learningRate: 1 }), constant(0.5, 200))
  path.forEach((position, step) => {
    expect(position / -(step + 1)).toBeCloseTo(1, 4)
  })
})

test('Adam with amsgrad: after one huge gradient, steps stay small', () => {
  const gradients = [100, ...constant(0.01, 50)]
  const last = (amsgrad: boolean): number => {
    const path = run((x) => new Adam(x, { amsgrad, betas: [0, 0.5] }), gradients)
    return Math.abs(path.at(-1)! - path.at(-2)!)
  }
  expect(last(true)).toBeLessThan(1e-6)
  expect(last(false)).toBeGreaterThan(1e-4)
})

test('Adagrad: constant gradients give steps of learningRate / √t', () => {
  const path = run((x) => new Adagrad(x, { learningRate: 1 }), constant(-3, 50))
  let expected = 0
  path.forEach((position, step) => {
    expected += 1 / Math.sqrt(step + 1)
    expect(position).toBeCloseTo(expected, 3)
  })
})

test('RMSprop: the first step is learningRate / √(1 − alpha), and constant gradients approach the learning rate', () => {
  const path = run((x) => new RMSprop(x, { learningRate: 0.1, alpha: 0.75 }), constant(7, 60))
  expect(path[0]).toBeCloseTo(-0.2, 5)
  expect(path[59]! - path[58]!).toBeCloseTo(-0.1, 4)
})

test('RMSprop, centered: constant gradients bring no square root of a negative variance', () => {
  const path = run((x) => new RMSprop(x, { centered: true, alpha: 0.3 }), constant(0.1, 60))
  expect(path.every(Number.isFinite)).toBe(true)
})

test('Adadelta: the first step is √(epsilon / ((1 − rho) g² + epsilon)) · g', () => {
  fc.assert(
    fc.property(gradient, (g) => {
      const [first] = run((x) => new Adadelta(x, { rho: 0.9, epsilon: 1e-4 }), [g])
      expect(first! / (-g * Math.sqrt(1e-4 / (0.1 * g * g + 1e-4)))).toBeCloseTo(1, 4)
    }),
    { numRuns: 30 },
  )
})

test('AdamW: without gradients parameters shrink by learningRate · weightDecay, whatever came before', () => {
  const x = new Variable(tensor(8))
  const optimizer = new AdamW([x], { learningRate: 0.5, weightDecay: 0.2 })
  for (let step = 0; step < 3; step++) optimizer.step([tensor(0)])
  expect(x.value.itemSync()).toBeCloseTo(8 * 0.9 ** 3, 5)
})

test('AdamW without weight decay is Adam', () => {
  const gradients = [3, -1, 0.5, 10]
  const path = run((x) => new AdamW(x, { weightDecay: 0 }), gradients)
  expect(path).toEqual(run((x) => new Adam(x), gradients))
})

test('Adamax: constant gradients give steps of the learning rate', () => {
  const path = run((x) => new Adamax(x, { learningRate: 1 }), constant(-4, 50))
  path.forEach((position, step) => {
    expect(position / (step + 1)).toBeCloseTo(1, 4)
  })
})

test('RAdam: constant gradients give steps of their size, of the rectification once the variance is bounded', () => {
  const path = run((x) => new RAdam(x, { learningRate: 1 }), constant(2, 3000))
  const limit = 2 / (1 - 0.999) - 1
  for (const step of [1, 3, 5, 6, 7, 20, 300, 999, 1002, 3000]) {
    const power = 0.999 ** step
    const length = limit - (2 * step * power) / (1 - power)
    const rectified = Math.sqrt(((length - 4) * (length - 2) * limit) / ((limit - 4) * (limit - 2) * length))
    const taken = (path[step - 2] ?? 0) - path[step - 1]!
    expect(taken / (length > 5 ? rectified : 2)).toBeCloseTo(1, step > 100 ? 2 : 4)
  }
})

test('Rprop: steps grow while the sign stays, shrink where it changes, and stay within their bounds', () => {
  const path = run((x) => new Rprop(x, { learningRate: 1, stepSizes: [0.5, 1.5] }), [1, 5, 0.1, -3, -1, 2, 2])
  const steps = path.map((position, i) => position - (path[i - 1] ?? 0))
  ;[-1, -1.2, -1.44, 0, 0.72, 0, -0.5].forEach((expected, i) => {
    expect(steps[i]).toBeCloseTo(expected, 5)
  })
})

test('Lion: every step is as long as the learning rate', () => {
  const path = run((x) => new Lion(x, { learningRate: 0.25 }), [100, 0.001, -5000, -1])
  expect(path).toEqual([-0.25, -0.5, -0.25, 0])
})

test('LAMB: the first step is learningRate times as long as the parameter', () => {
  const x = new Variable(tensor([3, 4]))
  new LAMB([x], { learningRate: 0.1 }).step([tensor([7, 7])])
  const [a, b] = x.value.dataSync()
  expect(Math.hypot(a! - 3, b! - 4)).toBeCloseTo(0.5, 4)
})

test.each([
  ['SGD', (x: readonly Variable[]) => new SGD(x, { learningRate: 0.1 })],
  ['SGD with momentum', (x: readonly Variable[]) => new SGD(x, { learningRate: 0.05, momentum: 0.8 })],
  ['Adam', (x: readonly Variable[]) => new Adam(x, { learningRate: 0.1 })],
  ['RMSprop', (x: readonly Variable[]) => new RMSprop(x, { learningRate: 0.02 })],
  ['Adagrad', (x: readonly Variable[]) => new Adagrad(x, { learningRate: 0.5 })],
  ['Adadelta', (x: readonly Variable[]) => new Adadelta(x, { epsilon: 1e-3, rho: 0.8 })],
  ['Rprop', (x: readonly Variable[]) => new Rprop(x)],
  ['AdamW', (x: readonly Variable[]) => new AdamW(x, { learningRate: 0.1, weightDecay: 1e-4 })],
  ['Adamax', (x: readonly Variable[]) => new Adamax(x, { learningRate: 0.1 })],
  ['NAdam', (x: readonly Variable[]) => new NAdam(x, { learningRate: 0.1 })],
  ['RAdam', (x: readonly Variable[]) => new RAdam(x, { learningRate: 0.1 })],
  ['Lion', (x: readonly Variable[]) => new Lion(x, { learningRate: 0.02, betas: [0.5, 0.5] })],
  ['LAMB', (x: readonly Variable[]) => new LAMB(x, { learningRate: 0.02 })],
  ['Adafactor', (x: readonly Variable[]) => new Adafactor(x, { learningRate: 0.05 })],
] as const)('%s finds the minimum of a quadratic', (_, make) => {
  const x = new Variable(tensor([3, -2]))
  const optimizer = make([x])
  const target = tensor([1, 0.5])
  for (let step = 0; step < 200; step++) optimizer.step([x.value.subtract(target).multiply(tensor([2, 1]))])
  const [a, b] = [...x.value.dataSync()]
  expect(Math.hypot(a! - 1, b! - 0.5)).toBeLessThan(0.05)
})

describe('options out of range are errors that name them', () => {
  const x = [new Variable(tensor(0))]
  test.each([
    [() => new SGD(x, { momentum: -0.1 }), 'SGD: momentum is -0.1; it must not be negative.'],
    [
      () => new SGD(x, { nesterov: true }),
      'SGD: nesterov needs momentum, without dampening; momentum is 0, dampening 0.',
    ],
    [() => new Adam(x, { betas: [0.9, 1] }), 'Adam: betas[1] is 1; it must lie in [0, 1).'],
    [() => new Adam(x, { epsilon: -1 }), 'Adam: epsilon is -1'],
    [() => new RMSprop(x, { alpha: 2 }), 'RMSprop: alpha is 2'],
    [() => new Adadelta(x, { rho: -1 }), 'Adadelta: rho is -1'],
    [() => new Adagrad(x, { weightDecay: -1 }), 'Adagrad: weightDecay is -1'],
    [() => new AdamW(x, { weightDecay: -1 }), 'AdamW: weightDecay is -1'],
    [() => new Adamax(x, { betas: [1, 0] }), 'Adamax: betas[0] is 1'],
    [() => new NAdam(x, { momentumDecay: -1 }), 'NAdam: momentumDecay is -1'],
    [() => new RAdam(x, { learningRate: -1 }), 'RAdam: learningRate is -1'],
    [() => new Rprop(x, { etas: [0.5, 0.9] }), 'Rprop: etas are 0.5, 0.9'],
    [() => new Rprop(x, { stepSizes: [2, 1] }), 'Rprop: stepSizes are 2, 1'],
    [() => new Lion(x, { betas: [0.9, 2] }), 'Lion: betas[1] is 2'],
    [() => new LAMB(x, { epsilon: -1 }), 'LAMB: epsilon is -1'],
    [() => new Adafactor(x, { clippingThreshold: 0 }), 'Adafactor: clippingThreshold is 0'],
    [() => new Adafactor(x, { betaDecay: 0.8 }), 'Adafactor: betaDecay is 0.8'],
  ])('%#', (make, message) => {
    expect(make).toThrow(message)
  })
})
