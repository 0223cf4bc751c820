import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { arange, zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'

const matrix = tensor([
  [1, 2.5, -3],
  [10, 0, 0.125],
])

describe('item', () => {
  it('is the only element', async () => {
    expect(matrix.sum().itemSync()).toBe(10.625)
    expect(await matrix.sum().item()).toBe(10.625)
    expect(tensor([[true]]).itemSync()).toBe(1)
  })

  it('does not exist where there are more or none', async () => {
    expect(() => matrix.itemSync()).toThrow('item: a tensor of shape [2, 3] has 6 elements, not one.')
    await expect(zeros([0]).item()).rejects.toThrow('item: a tensor of shape [0] has 0 elements, not one.')
  })
})

describe('toArray', () => {
  it('nests as deep as there are axes', async () => {
    expect(matrix.toArraySync()).toEqual([
      [1, 2.5, -3],
      [10, 0, 0.125],
    ])
    expect(await matrix.toArray()).toEqual(matrix.toArraySync())
    expect(tensor(7).toArraySync()).toBe(7)
    expect(zeros([2, 0]).toArraySync()).toEqual([[], []])
  })
})

describe('data', () => {
  it('is a typed array of the dtype, the same at every reading', async () => {
    const sum = tensor([1, 2], { dtype: 'int32' }).add(1)
    const data = await sum.data()
    expect(data).toEqual(Int32Array.of(2, 3))
    expect(sum.dataSync()).toBe(data)
  })
})

describe('toString', () => {
  it('aligns the columns', () => {
    expect(String(matrix)).toBe(
      ['Tensor<[2, 3], float32>', '[[    1,   2.5,    -3],', ' [   10,     0, 0.125]]'].join('\n'),
    )
    expect(String(tensor(0.5))).toBe('Tensor<[], float32> 0.5')
    expect(String(tensor([true, false]))).toBe('Tensor<[2], bool>\n[ true, false]')
  })

  it('separates matrices by an empty line', () => {
    const x: Tensor = tensor([1, 2, 3, 4], { shape: [2, 1, 2] })
    expect(String(x)).toBe('Tensor<[2, 1, 2], float32>\n[[[1, 2]],\n\n [[3, 4]]]')
  })

  it('shows three elements at each end of long axes', () => {
    const x: Tensor = arange({ stop: 2000 })
    x.dataSync()
    expect(String(x)).toBe('Tensor<[2000], float32>\n[   0,    1,    2, …, 1997, 1998, 1999]')
    const empty = zeros([0])
    empty.dataSync()
    expect(String(empty)).toBe('Tensor<[0], float32>\n[]')
  })

  it('does not compute', () => {
    const x = matrix.add(1)
    expect(String(x)).toBe('Tensor<[2, 3], float32> (not evaluated)')
    expect(x.realized).toBeUndefined()
  })

  it('is what the console shows', () => {
    expect(inspect(matrix)).toBe(String(matrix))
    expect(inspect([zeros([2])])).toBe('[ Tensor<[2], float32> (not evaluated) ]')
  })
})
