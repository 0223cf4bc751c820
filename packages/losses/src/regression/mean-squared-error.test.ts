import { gradients } from '@neurite/autograd'
import { type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { meanSquaredError } from '../index.ts'

const predictions = tensor([
  [1, 2],
  [3, 5],
])
const targets = tensor([
  [1, 0],
  [6, 4],
])

describe('reductions', () => {
  test('the mean is the default', () => {
    expect(meanSquaredError(predictions, targets).itemSync()).toBe((0 + 4 + 9 + 1) / 4)
    expect(meanSquaredError(predictions, targets, { reduction: 'mean' }).itemSync()).toBe(3.5)
  })

  test('sum and none', () => {
    expect(meanSquaredError(predictions, targets, { reduction: 'sum' }).itemSync()).toBe(14)
    expect(meanSquaredError(predictions, targets, { reduction: 'none' }).toArraySync()).toEqual([
      [0, 4],
      [9, 1],
    ])
  })

  test('another one is an error that lists them', () => {
    const reduction = 'average' as 'mean'
    expect(() => meanSquaredError(predictions, targets, { reduction })).toThrow(
      "reduction is 'average'; it must be one of mean, sum, none.",
    )
  })
})

test('the gradient by the predictions is 2 (prediction − target) / count', () => {
  const [gradient] = gradients(meanSquaredError(predictions, targets), [predictions])
  expect(gradient!.toArraySync()).toEqual([
    [0, 1],
    [-1.5, 0.5],
  ])
})

test('shapes that differ are an error, though they could be broadcast', () => {
  const [column, row]: Tensor[] = [tensor([[1], [2]]), tensor([1, 2])]
  expect(() => meanSquaredError(column!, row!)).toThrow(
    'meanSquaredError: predictions [2, 1] and targets [2] differ in shape. Reshape the targets?',
  )
})
