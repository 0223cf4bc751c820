import { gradients } from '@neurite/autograd'
import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binaryCrossEntropy, binaryCrossEntropyWithLogits } from '../index.ts'

const none = { reduction: 'none' } as const
const values = (loss: Tensor): number[] => [...loss.dataSync()]

describe('of probabilities', () => {
  test('is −log p of what happened', () => {
    const losses = values(binaryCrossEntropy(tensor([0.5, 0.9, 0.9]), tensor([1, 1, 0]), none))
    ;[Math.log(2), -Math.log(0.9), -Math.log(0.1)].forEach((expected, i) => {
      expect(losses[i]).toBeCloseTo(expected, 5)
    })
  })

  test('wrong certainty costs 100, right certainty nothing, and neither gives a gradient that is no number', () => {
    const p = tensor([0, 1, 0, 1])
    const loss = binaryCrossEntropy(p, tensor([0, 0, 1, 1]), none)
    expect(values(loss.absolute())).toEqual([0, 100, 100, 0])
    const [gradient] = gradients(loss.sum(), [p])
    expect(values(gradient!).every(Number.isFinite)).toBe(true)
  })

  test('what is no probability gives no loss', () => {
    expect(values(binaryCrossEntropy(tensor([Number.NaN, -0.5, 1.5]), tensor([1, 1, 0]), none))).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })
})

describe('of logits', () => {
  const logit = fc.double({ min: -40, max: 40, noNaN: true }).map(Math.fround)
  const target = fc.double({ min: 0, max: 1, noNaN: true }).map(Math.fround)
  const weight = fc.double({ min: Math.fround(0.1), max: 10, noNaN: true }).map(Math.fround)

  test('is that of sigmoid(logits), and its gradient is weight · (σ(x) − target)', () => {
    fc.assert(
      fc.property(logit, target, weight, (x, y, w) => {
        const [logits, targets] = [tensor([x]), tensor([y])]
        const loss = binaryCrossEntropyWithLogits(logits, targets, { ...none, weight: tensor([w]) })
        const expected = w * (y * Math.log1p(Math.exp(-x)) + (1 - y) * (x + Math.log1p(Math.exp(-x))))
        expect(Math.abs(loss.dataSync()[0]! - expected)).toBeLessThan(1e-6 * (1 + w * Math.abs(x)) + 1e-5 * expected)
        const [gradient] = gradients(loss.sum(), [logits])
        expect(gradient!.dataSync()[0]).toBeCloseTo(w * (1 / (1 + Math.exp(-x)) - y), 4)
      }),
      { numRuns: 60 },
    )
  })

  test('the gradient at 0 is ½ − target', () => {
    const logits = tensor([0, 0])
    const [gradient] = gradients(binaryCrossEntropyWithLogits(logits, tensor([0, 1]), { reduction: 'sum' }), [logits])
    expect(values(gradient!)).toEqual([0.5, -0.5])
  })

  test('huge logits neither overflow nor lose the loss', () => {
    const losses = binaryCrossEntropyWithLogits(tensor([1e4, -1e4, 1e4, -1e4]), tensor([1, 0, 0, 1]), none)
    expect(values(losses)).toEqual([0, 0, 1e4, 1e4])
  })

  test('positiveWeight multiplies the loss of positive targets only', () => {
    const [logits, targets] = [tensor([1, 1]), tensor([1, 0])]
    const [plain, weighted] = [{}, { positiveWeight: tensor(3) }].map((options) =>
      values(binaryCrossEntropyWithLogits(logits, targets, { ...none, ...options })),
    )
    expect(weighted![0]).toBeCloseTo(3 * plain![0]!, 6)
    expect(weighted![1]).toBeCloseTo(plain![1]!, 6)
  })
})

test('shapes that differ are errors naming the loss', () => {
  const [column, row]: Tensor[] = [tensor([[1], [1]]), tensor([1, 1])]
  expect(() => binaryCrossEntropy(column!, row!)).toThrow(
    'binaryCrossEntropy: predictions [2, 1] and targets [2] differ',
  )
  expect(() => binaryCrossEntropyWithLogits(column!, row!)).toThrow('binaryCrossEntropyWithLogits: predictions [2, 1]')
})
