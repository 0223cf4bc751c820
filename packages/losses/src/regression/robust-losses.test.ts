import { gradients } from '@neurite/autograd'
import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { huberLoss, logCoshLoss, meanAbsoluteError, smoothL1Loss } from '../index.ts'

const sum = { reduction: 'sum' } as const
const slope = (loss: Tensor, x: Tensor): number => gradients(loss, [x])[0]!.itemSync()
const difference = fc.double({ min: -50, max: 50, noNaN: true }).map(Math.fround)
const width = fc.double({ min: Math.fround(0.1), max: 5, noNaN: true }).map(Math.fround)

/** Relative to the larger of the expected value and 1. */
function expectNear(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThan(2e-6 * Math.max(1, Math.abs(expected)))
}

test('meanAbsoluteError: distances, and the sign as gradient, 0 where nothing is wrong', () => {
  const x = tensor([1, 4, 2])
  const loss = meanAbsoluteError(x, tensor([3, 1, 2]))
  expect(loss.itemSync()).toBeCloseTo(5 / 3, 6)
  const [gradient] = gradients(loss.multiply(3), [x])
  expect([...gradient!.dataSync()]).toEqual([-1, 1, 0])
})

describe('huberLoss', () => {
  test('is squared inside of delta and linear outside, and its gradient is the difference clamped', () => {
    fc.assert(
      fc.property(difference, width, (d, delta) => {
        const x = tensor(d)
        const loss = huberLoss(x, tensor(0), { ...sum, delta })
        expectNear(loss.itemSync(), Math.abs(d) <= delta ? 0.5 * d * d : delta * (Math.abs(d) - 0.5 * delta))
        expectNear(slope(loss, x), Math.min(delta, Math.max(-delta, d)))
      }),
      { numRuns: 60 },
    )
  })

  test('curves at 0 too', () => {
    const x = tensor(0)
    const [first] = gradients(huberLoss(x, tensor(0)), [x])
    expect(slope(first!, x)).toBe(1)
  })

  test('a delta that is not positive is an error', () => {
    expect(() => huberLoss(tensor([1]), tensor([1]), { delta: 0 })).toThrow(
      'huberLoss: delta is 0; it must be positive.',
    )
  })
})

describe('smoothL1Loss', () => {
  test('is the Huber loss divided by beta, and the L1 loss for beta 0', () => {
    const [x, y] = [tensor([3, -0.2, 0.5]), tensor([1, 0, 0])]
    const huber = huberLoss(x, y, { reduction: 'none', delta: 0.5 }).divide(0.5).dataSync()
    expect(smoothL1Loss(x, y, { reduction: 'none', beta: 0.5 }).dataSync()).toEqual(huber)
    expect(smoothL1Loss(x, y, { beta: 0 }).itemSync()).toBe(meanAbsoluteError(x, y).itemSync())
  })

  test('a negative beta is an error', () => {
    expect(() => smoothL1Loss(tensor([1]), tensor([1]), { beta: -1 })).toThrow('smoothL1Loss: beta is -1')
  })
})

describe('logCoshLoss', () => {
  test('is log cosh, with the gradient tanh, also where cosh overflows and where it is nearly 1', () => {
    const sizes = fc.oneof(difference, fc.constantFrom(1e-4, -3e-3, 0, 1, 500, -1e4).map(Math.fround))
    fc.assert(
      fc.property(sizes, (d) => {
        const x = tensor(d)
        const loss = logCoshLoss(x, tensor(0))
        const size = Math.abs(d)
        const expected =
          size < 0.1 ? Math.log1p(2 * Math.sinh(d / 2) ** 2) : size + Math.log1p(Math.exp(-2 * size)) - Math.LN2
        expect(Math.abs(loss.itemSync() - expected)).toBeLessThanOrEqual(2e-6 * expected + 1e-30)
        expectNear(slope(loss, x), Math.tanh(d))
      }),
      { numRuns: 60 },
    )
  })
})

test('shapes that differ are errors naming the loss', () => {
  const [column, row]: Tensor[] = [tensor([[1], [1]]), tensor([1, 1])]
  expect(() => huberLoss(column!, row!)).toThrow('huberLoss: predictions [2, 1] and targets [2] differ in shape.')
})
