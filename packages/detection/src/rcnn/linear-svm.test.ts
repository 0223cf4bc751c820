import { RandomStream } from '@neurite/data'
import { describe, expect, it } from 'vitest'
import { fitWithHardNegatives } from './hard-negatives.ts'
import { fitLinearSVM, type LinearSVM, scoreOf } from './linear-svm.ts'

/** Points of two clouds that overlap a little, and their labels. */
function clouds(count: number): { rows: { data: Float64Array; width: number }; labels: Int32Array } {
  const random = new RandomStream(7)
  const labels = Int32Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : -1))
  const data = new Float64Array(3 * count)
  for (const [i, label] of labels.entries())
    for (let k = 0; k < 3; k++) data[3 * i + k] = label * (k === 0 ? 1 : 0.3) + random.roughlyNormal()
  return { rows: { data, width: 3 }, labels }
}

describe('fitLinearSVM', () => {
  it('finds the widest margin', () => {
    // The nearest points are (1, 1) and (3, 1): w = (1, 0) would need b = −2; with b counted among the weights, w = (0.4 …) is less.
    const rows = { data: [-1, 0, -2, 1, 1, 0, 2, 5], width: 2 }
    const { weights, bias } = fitLinearSVM(rows, [-1, -1, 1, 1], { cost: 1000, tolerance: 1e-6, rounds: 10_000 })
    expect(weights[0]).toBeCloseTo(1, 4)
    expect(weights[1]).toBeCloseTo(0, 4)
    expect(bias).toBeCloseTo(0, 4)
  })

  it('is least: no step in any direction lowers the objective', () => {
    const { rows, labels } = clouds(60)
    const cost = 0.5
    const machine = fitLinearSVM(rows, labels, { cost, tolerance: 1e-8, rounds: 20_000 })
    const objective = ({ weights, bias }: LinearSVM): number =>
      0.5 * (bias ** 2 + weights.reduce((sum, weight) => sum + weight ** 2, 0)) +
      cost * labels.reduce((sum, label, i) => sum + Math.max(0, 1 - label * scoreOf({ weights, bias }, rows, i)), 0)
    const least = objective(machine)
    const random = new RandomStream(1)
    for (let trial = 0; trial < 200; trial++) {
      const step = 10 ** random.uniform(-4, 0)
      const moved = {
        weights: machine.weights.map((weight) => weight + step * random.uniform(-1, 1)),
        bias: machine.bias + step * random.uniform(-1, 1),
      }
      expect(objective(moved)).toBeGreaterThanOrEqual(least - 1e-6)
    }
  })

  it('checks what it is given', () => {
    expect(() => fitLinearSVM({ data: [1, 2, 3], width: 2 }, [1, -1])).toThrow(
      'fitLinearSVM: 2 labels need 2 rows of 2 numbers; got 3.',
    )
    expect(() => fitLinearSVM({ data: [1], width: 1 }, [1], { cost: 0 })).toThrow(
      'fitLinearSVM: cost must be positive; got 0.',
    )
  })
})

it('fitWithHardNegatives comes to the machine of all negatives, with fewer of them', () => {
  const { rows, labels } = clouds(400)
  const positives = [...labels.keys()].filter((i) => labels[i] === 1)
  const negatives = [...labels.keys()].filter((i) => labels[i] === -1)
  const options = { cost: 0.5, tolerance: 1e-7, rounds: 20_000 }
  const all = fitLinearSVM(rows, labels, options)
  const hard = fitWithHardNegatives(rows, positives, negatives, { ...options, batch: 20 })
  for (const [k, weight] of all.weights.entries()) expect(hard.weights[k]).toBeCloseTo(weight, 3)
  expect(hard.bias).toBeCloseTo(all.bias, 3)
})
