import { type Tensor, tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { loadStateDict, Maxout } from '../index.ts'

test('gives the largest of neighbouring affine maps', () => {
  const layer = new Maxout(1, 2, { pieces: 3 })
  loadStateDict(layer, { weight: tensor([[1], [-1], [0], [2], [0.5], [-3]]), bias: tensor([0, 0, 0.5, 0, 1, -1]) })
  const at = (x: number): number[] => [Math.max(x, -x, 0.5), Math.max(2 * x, 0.5 * x + 1, -3 * x - 1)]
  expect(layer.forward(tensor([[0.25], [-2], [4]])).toArraySync()).toEqual([at(0.25), at(-2), at(4)])
})

test('with two pieces it can be the absolute value, without a bias', () => {
  const layer = new Maxout(1, 1, { bias: false })
  expect(layer.pieces).toBe(2)
  loadStateDict(layer, { weight: tensor([[1], [-1]]) })
  expect(layer.forward(tensor([[-3], [2]])).toArraySync()).toEqual([[3], [2]])
})

test('arguments and inputs that do not fit are errors', () => {
  expect(() => new Maxout(2, 2, { pieces: 0 })).toThrow('Maxout: pieces is 0')
  const x: Tensor = tensor([[1, 2, 3]])
  expect(() => new Maxout(2, 2).forward(x)).toThrow('Maxout: input [1, 3] has 3 features')
})
