import { gradients } from '@neurite/autograd'
import { type Tensor, tensor, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import {
  hingeLoss,
  marginRankingLoss,
  multiLabelSoftMarginLoss,
  multiMarginLoss,
  softMarginLoss,
  squaredHingeLoss,
} from '../index.ts'

const none = { reduction: 'none' } as const
const values = (loss: Tensor): number[] => [...loss.dataSync()]

test('hinge losses are what scores lack to the margin, and its square', () => {
  const [scores, targets] = [tensor([2, 0.5, -1, -3]), tensor([1, 1, 1, -1])]
  expect(values(hingeLoss(scores, targets, none))).toEqual([0, 0.5, 2, 0])
  expect(values(squaredHingeLoss(scores, targets, none))).toEqual([0, 0.25, 4, 0])
  expect(values(hingeLoss(scores, targets, { ...none, margin: 2 }))).toEqual([0, 1.5, 3, 0])
  const [gradient] = gradients(squaredHingeLoss(scores, targets, { reduction: 'sum' }), [scores])
  expect(values(gradient!).map(Math.abs)).toEqual([0, 1, 4, 0])
})

test('softMarginLoss is the logistic loss, without overflow', () => {
  const losses = values(softMarginLoss(tensor([0, 2, 1e4]), tensor([1, -1, -1]), none))
  expect(losses[0]).toBeCloseTo(Math.LN2, 6)
  expect(losses[1]).toBeCloseTo(Math.log(1 + Math.exp(2)), 6)
  expect(losses[2]).toBe(1e4)
})

describe('multiMarginLoss', () => {
  const scores = tensor([
    [1, 0.5, -1],
    [0, 2, 2],
  ])
  const classes = tensor([0, 1], { dtype: 'int32' })

  test('is the mean over the classes of what the right score lacks to the margin above the others', () => {
    const losses = values(multiMarginLoss(scores, classes, none))
    expect(losses[0]).toBeCloseTo(0.5 / 3, 6)
    expect(losses[1]).toBeCloseTo(1 / 3, 6)
  })

  test('squares, weighs and has other margins where asked', () => {
    const losses = values(
      multiMarginLoss(scores, classes, { ...none, power: 2, margin: 2, weight: tensor([1, 10, 1]) }),
    )
    expect(losses[0]).toBeCloseTo(1.5 ** 2 / 3, 6)
    expect(losses[1]).toBeCloseTo((10 * 2 ** 2) / 3, 5)
  })

  test('takes one example without a batch', () => {
    const loss = multiMarginLoss(tensor([1, 0.5, -1]), tensor(0, { dtype: 'int32' }))
    expect(loss.itemSync()).toBeCloseTo(0.5 / 3, 6)
  })

  test('arguments that do not fit are errors', () => {
    expect(() => multiMarginLoss(scores, tensor([0, 1]))).toThrow('multiMarginLoss: targets are float32')
    expect(() => multiMarginLoss(scores, zeros([3], 'int32'))).toThrow('predictions [2, 3] with class indices [3]')
    expect(() => multiMarginLoss(scores, classes, { power: 3 as 2 })).toThrow('power is 3; it must be 1 or 2')
    expect(() => multiMarginLoss(scores, classes, { weight: zeros([2]) })).toThrow('weight [2] is not [3]')
    expect(() => multiMarginLoss(scores, tensor([0, 3], { dtype: 'int32' })).itemSync()).toThrow('3')
  })
})

test('multiLabelSoftMarginLoss is the mean of binary cross entropies over the classes, weighted', () => {
  const loss = multiLabelSoftMarginLoss(tensor([[0, 1]]), tensor([[1, 0]]), { ...none, weight: tensor([1, 3]) })
  expect(loss.shape).toEqual([1])
  expect(values(loss)[0]).toBeCloseTo((Math.LN2 + 3 * Math.log(1 + Math.E)) / 2, 5)
  expect(() => multiLabelSoftMarginLoss(tensor(1), tensor(1))).toThrow('no class axis')
})

test('marginRankingLoss asks for an order, and for a distance', () => {
  const [first, second, targets] = [tensor([1, 1, 1]), tensor([0, 3, 1]), tensor([1, 1, -1])]
  expect(values(marginRankingLoss(first, second, targets, none))).toEqual([0, 2, 0])
  expect(values(marginRankingLoss(first, second, targets, { ...none, margin: 1.5 }))).toEqual([0.5, 3.5, 1.5])
  expect(() => marginRankingLoss(first, second, zeros([2]))).toThrow(
    'marginRankingLoss: first [3] and targets [2] differ in shape.',
  )
})
