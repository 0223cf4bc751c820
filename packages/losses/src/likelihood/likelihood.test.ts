import { gradients } from '@neurite/autograd'
import { type Tensor, tensor, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { gaussianNegativeLogLikelihood, klDivergence, poissonNegativeLogLikelihood } from '../index.ts'

describe('klDivergence', () => {
  const p = [0.2, 0.5, 0.3]
  const q = [0.1, 0.6, 0.3]
  const divergence = p.reduce((sum, pi, i) => sum + pi * Math.log(pi / q[i]!), 0)
  const logQ = tensor([q.map(Math.log), p.map(Math.log)])

  test('of rows is the mean divergence with batchMean; the mean is over all elements', () => {
    const targets = tensor([p, p])
    expect(klDivergence(logQ, targets, { reduction: 'batchMean' }).itemSync()).toBeCloseTo(divergence / 2, 6)
    expect(klDivergence(logQ, targets).itemSync()).toBeCloseTo(divergence / 6, 6)
    expect(klDivergence(logQ, targets, { reduction: 'none' }).shape).toEqual([2, 3])
  })

  test('takes logarithms of targets', () => {
    const targets = tensor([p.map(Math.log), p.map(Math.log)])
    expect(klDivergence(logQ, targets, { reduction: 'sum', logTargets: true }).itemSync()).toBeCloseTo(divergence, 6)
  })

  test('a target of 0 costs nothing, nor does it spoil the gradient of the targets', () => {
    const targets = tensor([0, 1])
    const loss = klDivergence(tensor([-1, 0]), targets, { reduction: 'sum' })
    expect(loss.itemSync()).toBe(0)
    expect([...gradients(loss, [targets])[0]!.dataSync()].every(Number.isFinite)).toBe(true)
  })

  test('batchMean needs a first axis', () => {
    expect(() => klDivergence(tensor(0), tensor(1), { reduction: 'batchMean' })).toThrow('needs a first axis')
  })
})

describe('poissonNegativeLogLikelihood', () => {
  test('full, it is −log of the probability up to the error of Stirling’s formula', () => {
    const [rate, count] = [6.5, 9]
    const logFactorial = Array.from({ length: count }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b)
    const expected = rate - count * Math.log(rate) + logFactorial
    for (const [prediction, logPredictions] of [
      [rate, false],
      [Math.log(rate), true],
    ] as const) {
      const loss = poissonNegativeLogLikelihood(tensor(prediction), tensor(count), { full: true, logPredictions })
      // Stirling's series goes on with 1 / (12 n).
      expect(loss.itemSync()).toBeCloseTo(expected - 1 / (12 * count), 3)
    }
  })

  test('is smallest where the rate is the count', () => {
    const x = tensor(Math.log(4))
    expect(gradients(poissonNegativeLogLikelihood(x, tensor(4)), [x])[0]!.itemSync()).toBeCloseTo(0, 5)
  })

  test('counts of 0 and 1 have no Stirling term', () => {
    const loss = poissonNegativeLogLikelihood(tensor([0, 0]), tensor([0, 1]), { full: true, reduction: 'none' })
    expect([...loss.dataSync()]).toEqual([1, 1])
  })
})

describe('gaussianNegativeLogLikelihood', () => {
  const density = (x: number, mean: number, variance: number): number =>
    Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance)

  test('full, it is −log of the density', () => {
    const loss = gaussianNegativeLogLikelihood(tensor([1, 2]), tensor([1.5, -1]), tensor([0.5, 4]), {
      full: true,
      reduction: 'none',
    })
    expect(loss.dataSync()[0]).toBeCloseTo(-Math.log(density(1.5, 1, 0.5)), 6)
    expect(loss.dataSync()[1]).toBeCloseTo(-Math.log(density(-1, 2, 4)), 6)
  })

  test.each([[[2, 3]], [[2, 1]], [[2]]])('variances may be %j', (shape) => {
    const variances: Tensor = zeros(shape).add(2) as Tensor
    const loss = gaussianNegativeLogLikelihood(zeros([2, 3]), zeros([2, 3]), variances, { reduction: 'none' })
    expect([...loss.dataSync()]).toEqual(Array.from({ length: 6 }, () => Math.fround(0.5 * Math.fround(Math.log(2)))))
  })

  test('a variance below epsilon counts as epsilon, and its gradient lets it grow', () => {
    const variance = tensor([0])
    const loss = gaussianNegativeLogLikelihood(tensor([1]), tensor([2]), variance, { epsilon: 0.01 })
    expect(loss.itemSync()).toBeCloseTo(0.5 * (Math.log(0.01) + 100), 4)
    expect(gradients(loss, [variance])[0]!.itemSync()).toBeCloseTo(0.5 * (100 - 10000), 0)
  })

  test('other shapes are errors', () => {
    expect(() => gaussianNegativeLogLikelihood(zeros([2, 3]), zeros([2, 3]), zeros([3]))).toThrow(
      'gaussianNegativeLogLikelihood: variances [3] do not fit means [2, 3]',
    )
  })
})
