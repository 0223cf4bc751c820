import { gradients } from '@neurite/autograd'
import { key, type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { Embedding, EmbeddingBag } from '../index.ts'

const indices = tensor(
  [
    [2, 0, 2],
    [1, 1, 3],
  ],
  { dtype: 'int32' },
)

describe('Embedding', () => {
  const layer = new Embedding(4, 5, { key: key(1), paddingIndex: -3 })
  const table = layer.weight.value.toArraySync() as number[][]

  test('looks rows up', () => {
    expect(layer.forward(indices).toArraySync()).toEqual([
      [table[2], table[0], table[2]],
      [table[1], table[1], table[3]],
    ])
  })

  test('gradients add up in the rows used, and the padding has none', () => {
    const [gradient] = gradients(layer.forward(indices).sum(), [layer.weight])
    expect((gradient!.toArraySync() as number[][]).map(([first]) => first)).toEqual([1, 0, 2, 1])
    expect(layer.paddingIndex).toBe(1)
    expect(table[1]).toEqual([0, 0, 0, 0, 0])
  })

  test('indices and arguments out of range are errors', () => {
    expect(() => layer.forward(tensor([4], { dtype: 'int32' })).dataSync()).toThrow('4')
    expect(() => layer.forward(tensor([1.5]))).toThrow('integers')
    expect(() => new Embedding(4, 5, { paddingIndex: 4 })).toThrow('Embedding: paddingIndex is 4')
    expect(() => new Embedding(0, 5)).toThrow('Embedding: count is 0')
  })
})

describe('EmbeddingBag', () => {
  const bag = (mode: 'sum' | 'mean' | 'max', paddingIndex?: number): EmbeddingBag =>
    new EmbeddingBag(4, 3, { mode, key: key(1), ...(paddingIndex !== undefined && { paddingIndex }) })
  const rowsOf = (layer: EmbeddingBag): number[][] => layer.weight.value.toArraySync() as number[][]

  test('is the sum, mean or maximum of the rows', () => {
    for (const [mode, join] of [
      ['sum', (column: number[]) => column.reduce((a, b) => a + b)],
      ['mean', (column: number[]) => column.reduce((a, b) => a + b) / column.length],
      ['max', (column: number[]) => Math.max(...column)],
    ] as const) {
      const layer = bag(mode)
      const rows = rowsOf(layer)
      const found = layer.forward(indices).toArraySync() as number[][]
      ;[
        [2, 0, 2],
        [1, 1, 3],
      ].forEach((places, n) => {
        for (let j = 0; j < 3; j++) expect(found[n]![j]).toBeCloseTo(join(places.map((place) => rows[place]![j]!)), 5)
      })
    }
  })

  test('padding does not count, and a bag of nothing else is 0', () => {
    const places = tensor(
      [
        [2, 0, 0],
        [0, 0, 0],
      ],
      { dtype: 'int32' },
    )
    for (const mode of ['sum', 'mean', 'max'] as const) {
      const layer = bag(mode, 0)
      expect(layer.forward(places).toArraySync()).toEqual([rowsOf(layer)[2], [0, 0, 0]])
    }
  })

  test('weights multiply the rows of a sum', () => {
    const layer = bag('sum')
    const found = layer.forward(tensor([[1, 3]], { dtype: 'int32' }), tensor([[2, -1]])).toArraySync() as number[][]
    const rows = rowsOf(layer)
    found[0]!.forEach((value, j) => {
      expect(value).toBeCloseTo(2 * rows[1]![j]! - rows[3]![j]!, 5)
    })
  })

  test('arguments that do not fit are errors', () => {
    const flat: Tensor = tensor([1, 2], { dtype: 'int32' })
    expect(() => bag('sum').forward(flat)).toThrow('EmbeddingBag: input [2] must be bags of indices [N, L].')
    expect(() => bag('mean').forward(indices, tensor([[1]]))).toThrow("weights are for mode 'sum'")
    expect(() => bag('sum').forward(indices, tensor([[1]]))).toThrow('weights [1, 1] do not fit input [2, 3]')
    expect(() => bag('median' as 'sum')).toThrow("EmbeddingBag: mode is 'median'")
  })
})
