import { expect, it } from 'vitest'
import { eye, zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { scaledDotProductAttention } from './scaled-dot-product-attention.ts'

const query: Tensor = tensor([
  [1, 0],
  [0, 1],
])
const value: Tensor = tensor([
  [1, 10],
  [2, 20],
])

it('weighs values by the softmax of the scores', () => {
  const weight = 1 / (1 + Math.exp(-1 / Math.SQRT2))
  const other = 1 - weight
  const wanted = [weight + 2 * other, 10 * weight + 20 * other, other + 2 * weight, 10 * other + 20 * weight]
  expectTensor(scaledDotProductAttention(query, eye(2), value), [2, 2], wanted)
  expectTensor(scaledDotProductAttention(query, eye(2), value, { scale: 0 }), [2, 2], [1.5, 15, 1.5, 15])
})

it('masks by bools, by added scores, and by position', () => {
  const first: Tensor = tensor([[true, false]])
  expectTensor(scaledDotProductAttention(query, eye(2), value, { mask: first }), [2, 2], [1, 10, 1, 10])
  const added: Tensor = tensor([[-Infinity, 0]])
  expectTensor(scaledDotProductAttention(query, eye(2), value, { mask: added }), [2, 2], [2, 20, 2, 20])
  const causal = scaledDotProductAttention(query, eye(2), value, { isCausal: true, scale: 0 })
  expectTensor(causal, [2, 2], [1, 10, 1.5, 15])
})

it('names what does not fit', () => {
  expect(() => scaledDotProductAttention(query, zeros([2, 3]), value)).toThrow(
    'scaledDotProductAttention: features of query and key differ: query [2, 2], key [2, 3], value [2, 2] (2 ≠ 3).',
  )
  expect(() => scaledDotProductAttention(query, zeros([3, 2]), value)).toThrow('key and value differ in length')
})
