import { describe, expect, it } from 'vitest'
import { arange, zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'

const table = (): Tensor<[3, 2], 'float32'> =>
  tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ])
const indices = <const T extends readonly number[]>(list: T): Tensor<[T['length']], 'int32'> =>
  tensor(list as readonly number[], { dtype: 'int32' }) as Tensor

describe('take', () => {
  it('looks rows and columns up', () => {
    expectTensor(table().take(indices([2, 0, 2]), 0), [3, 2], [5, 6, 1, 2, 5, 6])
    expectTensor(table().take(indices([1]), 1), [3, 1], [2, 4, 6])
  })

  it('replaces the axis by the axes of the indices', () => {
    const places = tensor(new Uint8Array([0, 1, 2, 0]), { shape: [2, 2] })
    expectTensor(table().take(places, 0), [2, 2, 2], [1, 2, 3, 4, 5, 6, 1, 2])
  })

  it('takes integers only', () => {
    expect(() => table().take(zeros([1]), 0)).toThrow(
      'take: indices must be integers, not float32. Cast them to int32?',
    )
  })

  it('refuses an index outside when the value is computed', () => {
    const beyond = table().take(indices([3]), 0)
    expect(() => beyond.dataSync()).toThrow(/3/)
  })
})

describe('takeAlongAxis', () => {
  it('picks one element per index', () => {
    const labels = indices([1, 0, 1]).unsqueeze(1)
    expectTensor(table().takeAlongAxis(labels, 1), [3, 1], [2, 3, 6])
    const sources = tensor([[2, 0]], { dtype: 'int32' })
    expectTensor(table().takeAlongAxis(sources, 0), [1, 2], [5, 2])
  })

  it('agrees with loops in three axes', () => {
    const x: Tensor = arange({ stop: 24 }).reshape([2, 3, 4])
    const places: Tensor = arange({ stop: 16, dtype: 'int32' }).multiply(7).remainder(3).reshape([2, 2, 4])
    const [from, at, found] = [x.toArraySync(), places.toArraySync(), x.takeAlongAxis(places, 1).toArraySync()]
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 2; j++) for (let k = 0; k < 4; k++) expect(found[i][j][k]).toBe(from[i][at[i][j][k]][k])
  })

  it('refuses an index beyond its axis, although the flattened tensor has that many elements', () => {
    const beyond = table().takeAlongAxis(tensor([[2]], { dtype: 'int32' }), 1)
    expect(() => beyond.dataSync()).toThrow(/-1/)
  })

  it('needs indices of the same rank', () => {
    expect(() => table().takeAlongAxis(indices([1]), 0)).toThrow(
      "takeAlongAxis: indices [1] do not fit [3, 2]: they need 2 axes, none but axis 0 longer than the tensor's.",
    )
  })
})

describe('oneHot', () => {
  it('marks the position of each index', () => {
    expectTensor(indices([2, 0]).oneHot(3), [2, 3], [0, 0, 1, 1, 0, 0])
    expect(indices([2, 0]).oneHot(3, 'bool').dtype).toBe('bool')
  })

  it('leaves indices outside empty', () => {
    expectTensor(indices([5, -1]).oneHot(2), [2, 2], [0, 0, 0, 0])
  })
})
