import { gradients } from '@neurite/autograd'
import { type Tensor, tensor, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { cosineEmbeddingLoss, hingeEmbeddingLoss, tripletMarginLoss } from '../index.ts'

const none = { reduction: 'none' } as const
const values = (loss: Tensor): number[] => [...loss.dataSync()]

test('hingeEmbeddingLoss: distances of like pairs, lack of distance of unlike ones', () => {
  const losses = hingeEmbeddingLoss(tensor([0.5, 0.5, 3]), tensor([1, -1, -1]), { ...none, margin: 2 })
  expect(values(losses)).toEqual([0.5, 1.5, 0])
})

describe('cosineEmbeddingLoss', () => {
  const first = tensor([
    [1, 0],
    [3, 0],
    [1, 1],
  ])
  const second = tensor([
    [0, 2],
    [3, 4],
    [2, 2],
  ])

  test('is 1 − cosine of like pairs, the cosine above the margin of unlike ones', () => {
    const like = values(cosineEmbeddingLoss(first, second, tensor([1, 1, 1]), none))
    ;[1, 0.4, 0].forEach((expected, i) => {
      expect(like[i]).toBeCloseTo(expected, 6)
    })
    const unlike = values(cosineEmbeddingLoss(first, second, tensor([-1, -1, -1]), { ...none, margin: 0.5 }))
    ;[0, 0.1, 0.5].forEach((expected, i) => {
      expect(unlike[i]).toBeCloseTo(expected, 6)
    })
  })

  test('of a vector of zeros is 1, with a finite gradient', () => {
    const x = zeros([2])
    const loss = cosineEmbeddingLoss(x, tensor([1, 2]), tensor(1))
    expect(loss.itemSync()).toBe(1)
    expect(values(gradients(loss, [x])[0]!).every(Number.isFinite)).toBe(true)
  })

  test('targets that do not fit are an error', () => {
    expect(() => cosineEmbeddingLoss(first, second, tensor(1))).toThrow(
      'cosineEmbeddingLoss: targets [] do not fit vectors [3, 2]',
    )
  })
})

describe('tripletMarginLoss', () => {
  const [anchor, positive, negative] = [tensor([[0, 0]]), tensor([[3, 4]]), tensor([[0, 6]])]

  test('compares the distances', () => {
    expect(tripletMarginLoss(anchor, positive, negative, { margin: 2 }).itemSync()).toBeCloseTo(5 - 6 + 2, 4)
    expect(tripletMarginLoss(anchor, positive, negative, { margin: 0.5 }).itemSync()).toBe(0)
  })

  test('by other norms, and by the nearer of the two with swap', () => {
    expect(tripletMarginLoss(anchor, positive, negative, { order: 1 }).itemSync()).toBeCloseTo(7 - 6 + 1, 4)
    expect(tripletMarginLoss(anchor, positive, negative, { swap: true }).itemSync()).toBeCloseTo(
      5 - Math.sqrt(13) + 1,
      4,
    )
  })

  test('shapes that differ are errors', () => {
    expect(() => tripletMarginLoss(anchor, positive, zeros([2, 2]))).toThrow('anchor [1, 2] and negative [2, 2] differ')
  })
})
