import { describe, expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { cosineSimilarity } from './cosine-similarity.ts'
import { norm } from './norm.ts'
import { normalize } from './normalize.ts'
import { pairwiseDistances } from './pairwise-distances.ts'

const x: Tensor = tensor([
  [3, -4],
  [0, 2],
])

describe('norm', () => {
  it('has every order', () => {
    expectTensor(norm(x), [], [Math.sqrt(29)])
    expectTensor(norm(x, 1), [2], [5, 2])
    expectTensor(norm(x, 1, { order: 1 }), [2], [7, 2])
    expectTensor(norm(x, 0, { order: 3 }), [2], [3, (64 + 8) ** (1 / 3)])
    expectTensor(norm(x, 1, { order: Infinity }), [2], [4, 2])
    expectTensor(norm(x, 1, { order: -Infinity }), [2], [3, 0])
    expectTensor(norm(x, 1, { order: 0, keepAxes: true }), [2, 1], [2, 1])
    expectTensor(norm(tensor([0, 0])), [], [0])
    expect(() => norm(x, 1, { order: Number.NaN })).toThrow('norm: the order is NaN')
  })

  it('of integers is a float', () => {
    expectTensor(norm(tensor([3, 4], { dtype: 'int32' })), [], [5])
  })
})

it('normalize makes the norm 1, and leaves 0', () => {
  expectTensor(normalize(x, 1), [2, 2], [0.6, -0.8, 0, 1])
  expectTensor(normalize(tensor([0, 0]), 0), [2], [0, 0])
})

it('cosineSimilarity forgets lengths', () => {
  expectTensor(cosineSimilarity(x, x.multiply(7)), [2], [1, 1])
  expectTensor(
    cosineSimilarity(
      tensor([[1, 0]]),
      tensor([
        [0, 2],
        [-3, 0],
      ]),
      -1,
    ),
    [2],
    [0, -1],
  )
})

it('pairwiseDistances goes from every row to every row', () => {
  const rows: Tensor = tensor([
    [0, 0],
    [3, 4],
  ])
  expectTensor(
    pairwiseDistances(
      rows,
      tensor([
        [0, 0],
        [0, 4],
        [3, 0],
      ]),
    ),
    [2, 3],
    [0, 4, 3, 5, 3, 4],
  )
  expectTensor(pairwiseDistances(rows, rows, { order: 1 }), [2, 2], [0, 7, 7, 0])
  expect(() => pairwiseDistances(rows, tensor([[1, 2, 3]]))).toThrow('pairwiseDistances: takes rows of one length')
})
