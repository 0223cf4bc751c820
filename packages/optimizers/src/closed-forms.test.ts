// What the papers say about single steps and about long runs, without PyTorch.

import { tensor, Variable } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Adadelta, Adagrad, Adam, type Optimizer, RMSprop, SGD } from './index.ts'

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

test.each([
  ['SGD', (x: readonly Variable[]) => new SGD(x, { learningRate: 0.1 })],
  ['SGD with momentum', (x: readonly Variable[]) => new SGD(x, { learningRate: 0.05, momentum: 0.8 })],
  ['Adam', (x: readonly Variable[]) => new Adam(x, { learningRate: 0.1 })],
  ['RMSprop', (x: readonly Variable[]) => new RMSprop(x, { learningRate: 0.02 })],
  ['Adagrad', (x: readonly Variable[]) => new Adagrad(x, { learningRate: 0.5 })],
  ['Adadelta', (x: readonly Variable[]) => new Adadelta(x, { epsilon: 1e-3, rho: 0.8 })],
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
  ])('%#', (make, message) => {
    expect(make).toThrow(message)
  })
})
