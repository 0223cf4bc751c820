// Trajectories of rules that PyTorch's records lack, against the papers' algorithms in plain float64 numbers.

import { key, normal, type Tensor, tensor, Variable } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { Adafactor, LAMB, Lion, Muon, type Optimizer } from '../index.ts'

type Matrix = readonly (readonly number[])[]
type PlainRule = (parameter: Matrix, gradient: Matrix, step: number) => Matrix

const map = (a: Matrix, f: (value: number, i: number, j: number) => number): Matrix =>
  a.map((row, i) => row.map((value, j) => f(value, i, j)))
const transpose = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!))
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => transpose(b).map((column) => row.reduce((sum, value, k) => sum + value * column[k]!, 0)))
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const length = (a: Matrix): number => Math.hypot(...a.flat())
const zerosOf = (a: Matrix): Matrix => map(a, () => 0)
const blend = (a: Matrix, b: Matrix, share: number): Matrix =>
  map(a, (value, i, j) => value + share * (b[i]![j]! - value))

/** Follows both for some steps with the same gradients. */
function expectSamePath(
  make: (x: Variable) => Optimizer,
  plain: PlainRule,
  shape: readonly [number, number] = [3, 2],
): void {
  const start = normal(shape, { key: key(1) }) as Tensor
  const x = new Variable(start)
  const optimizer = make(x)
  let expected = start.toArraySync() as Matrix
  for (let step = 1; step <= 12; step++) {
    const gradient: Tensor = normal(shape, { key: key(1 + step) })
    optimizer.step([gradient])
    expected = plain(expected, gradient.toArraySync() as Matrix, step)
    const found = x.value.toArraySync() as Matrix
    map(expected, (value, i, j) => {
      expect(Math.abs(found[i]![j]! - value)).toBeLessThan(2e-5 * Math.max(1, Math.abs(value)))
      return 0
    })
  }
}

test('Lion', () => {
  let momentum: Matrix | undefined
  expectSamePath(
    (x) => new Lion([x], { learningRate: 0.02, betas: [0.8, 0.9], weightDecay: 0.3 }),
    (parameter, gradient) => {
      const before = momentum ?? zerosOf(gradient)
      momentum = blend(gradient, before, 0.9)
      const direction = blend(gradient, before, 0.8)
      return map(parameter, (value, i, j) => value - 0.02 * (Math.sign(direction[i]![j]!) + 0.3 * value))
    },
  )
})

test('LAMB', () => {
  let [m, v]: (Matrix | undefined)[] = []
  expectSamePath(
    (x) => new LAMB([x], { learningRate: 0.05, betas: [0.8, 0.95], weightDecay: 0.1 }),
    (parameter, gradient, step) => {
      m = blend(m ?? zerosOf(gradient), gradient, 0.2)
      v = blend(
        v ?? zerosOf(gradient),
        map(gradient, (g) => g * g),
        0.05,
      )
      const [corrected1, corrected2] = [1 - 0.8 ** step, 1 - 0.95 ** step]
      const direction = map(
        m,
        (value, i, j) => value / corrected1 / (Math.sqrt(v![i]![j]! / corrected2) + 1e-6) + 0.1 * parameter[i]![j]!,
      )
      const trust = length(parameter) / length(direction)
      return map(parameter, (value, i, j) => value - 0.05 * trust * direction[i]![j]!)
    },
  )
})

test('Adafactor, of matrices', () => {
  let [rows, columns]: (readonly number[] | undefined)[] = []
  expectSamePath(
    (x) => new Adafactor([x], { learningRate: 0.3, weightDecay: 0.1 }),
    (parameter, gradient, step) => {
      const share = step ** -0.8
      const square = map(gradient, (g) => g * g)
      const moved = (average: readonly number[] | undefined, now: readonly number[]): readonly number[] =>
        now.map((value, i) => (1 - share) * (average?.[i] ?? 0) + share * value)
      rows = moved(rows, square.map(mean))
      columns = moved(columns, transpose(square).map(mean))
      const direction = map(gradient, (g, i, j) => g / Math.sqrt((rows![i]! * columns![j]!) / mean(rows!)))
      const size = (a: Matrix): number => length(a) / Math.sqrt(a.flat().length)
      const stepSize =
        (Math.max(1e-3, size(parameter)) * Math.min(0.3, 1 / Math.sqrt(step))) / Math.max(1, size(direction))
      return map(parameter, (value, i, j) => value * (1 - 0.3 * 0.1) - stepSize * direction[i]![j]!)
    },
  )
})

describe('Muon', () => {
  const orthogonalized = (matrix: Matrix): Matrix => {
    const isTall = matrix.length > matrix[0]!.length
    const wide = isTall ? transpose(matrix) : matrix
    let y = map(wide, (value) => value / length(wide))
    for (let round = 0; round < 5; round++) {
      const gram = times(y, transpose(y))
      const square = times(gram, gram)
      const polynomial = times(
        map(gram, (value, i, j) => -4.775 * value + 2.0315 * square[i]![j]!),
        y,
      )
      y = map(y, (value, i, j) => 3.4445 * value + polynomial[i]![j]!)
    }
    return isTall ? transpose(y) : y
  }

  test.each([[[3, 2]], [[2, 3]]] as const)('on a matrix %j', (shape) => {
    let momentum: Matrix | undefined
    expectSamePath(
      (x) => new Muon([x], { learningRate: 0.02, momentum: 0.9 }),
      (parameter, gradient) => {
        momentum = blend(momentum ?? zerosOf(gradient), gradient, 0.1)
        const step = orthogonalized(blend(gradient, momentum, 0.9))
        const factor = 0.02 * Math.sqrt(Math.max(1, shape[0] / shape[1]))
        return map(parameter, (value, i, j) => value * (1 - 0.02 * 0.1) - factor * step[i]![j]!)
      },
      shape,
    )
  })

  test('moves all directions about alike, however unequal the gradient', () => {
    const x = new Variable(
      tensor([
        [0, 0],
        [0, 0],
      ]),
    )
    new Muon([x], { learningRate: 1 }).step([
      tensor([
        [100, 0],
        [0, 1],
      ]),
    ])
    const [[a], [, d]] = x.value.toArraySync() as [[number, number], [number, number]]
    for (const size of [-a, -d]) {
      expect(size).toBeGreaterThan(0.5)
      expect(size).toBeLessThan(1.3)
    }
  })

  test('takes kernels as matrices, and no vectors', () => {
    const kernel = new Variable(normal([2, 3, 2, 2], { key: key(1) }) as Tensor)
    const matrix = new Variable(kernel.value.reshape([2, 12]) as Tensor)
    const gradient: Tensor = normal([2, 12], { key: key(2) })
    new Muon([kernel]).step([gradient.reshape([2, 3, 2, 2])])
    new Muon([matrix]).step([gradient])
    expect([...kernel.value.dataSync()]).toEqual([...matrix.value.dataSync()])
    expect(() => new Muon([new Variable(tensor([1, 2]))])).toThrow('Muon: a parameter is [2]; it takes matrices.')
  })
})

test('Adafactor keeps as many numbers as rows and columns', () => {
  const optimizer = new Adafactor({ weight: new Variable(normal([40, 30], { key: key(1) }) as Tensor) })
  const sizes = Object.entries(optimizer.stateDict()).map(([name, { shape }]) => [name, [...shape]])
  expect(Object.fromEntries(sizes)).toEqual({
    learningRate: [],
    step: [],
    'weight.rowMoment': [40, 1],
    'weight.columnMoment': [1, 30],
  })
})
