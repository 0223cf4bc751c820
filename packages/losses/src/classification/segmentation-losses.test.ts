import { gradients } from '@neurite/autograd'
import { tensor, zeros } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binaryCrossEntropyWithLogits, diceLoss, focalLoss } from '../index.ts'

describe('diceLoss', () => {
  test('is 0 for what overlaps entirely, and nearly 1 for what does not at all', () => {
    const mask = tensor([
      [1, 0],
      [1, 1],
    ])
    expect(diceLoss(mask, mask).itemSync()).toBe(0)
    expect(diceLoss(mask.negate().add(1), mask, { smooth: 0 }).itemSync()).toBe(1)
    expect(diceLoss(zeros([2]), zeros([2])).itemSync()).toBe(0)
  })

  test('is the fraction', () => {
    expect(diceLoss(tensor([0.5, 0.25]), tensor([1, 0]), { smooth: 2 }).itemSync()).toBeCloseTo(1 - 3 / 3.75, 6)
    expect(() => diceLoss(zeros([2]), zeros([2]), { smooth: -1 })).toThrow('diceLoss: smooth is -1')
  })
})

describe('focalLoss', () => {
  test('is −α · (1 − p)^gamma · log p', () => {
    const logit = fc.double({ min: -8, max: 8, noNaN: true }).map(Math.fround)
    fc.assert(
      fc.property(logit, fc.constantFrom(0, 1), fc.constantFrom(0, 0.5, 2, 3), (x, y, gamma) => {
        const p = 1 / (1 + Math.exp(y === 1 ? -x : x))
        const expected = -(y === 1 ? 0.25 : 0.75) * (1 - p) ** gamma * Math.log(p)
        const found = focalLoss(tensor(x), tensor(y), { gamma }).itemSync()
        expect(Math.abs(found - expected)).toBeLessThan(1e-6 + 1e-5 * expected)
      }),
      { numRuns: 60 },
    )
  })

  test('without gamma and alpha it is cross entropy; certainty that is right costs nothing and has no NaN', () => {
    const [x, y] = [tensor([1, -300, 300]), tensor([0.3, 0, 1])]
    const loss = focalLoss(x, y, { gamma: 0, alpha: -1 })
    expect(loss.itemSync()).toBeCloseTo(binaryCrossEntropyWithLogits(x, y).itemSync(), 6)
    const [gradient] = gradients(focalLoss(x, y), [x])
    expect([...gradient!.dataSync()].every(Number.isFinite)).toBe(true)
  })

  test('options out of range are errors', () => {
    expect(() => focalLoss(zeros([1]), zeros([1]), { gamma: -1 })).toThrow('focalLoss: gamma is -1')
    expect(() => focalLoss(zeros([1]), zeros([1]), { alpha: 2 })).toThrow('focalLoss: alpha is 2')
  })
})
