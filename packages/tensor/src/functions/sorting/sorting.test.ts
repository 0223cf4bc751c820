import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zeros } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { median } from './median.ts'
import { argSort, sort } from './sort.ts'
import { topK } from './top-k.ts'

// Few different ones, so that many are equal.
const element = fc.constantFrom(-Infinity, -1, 0, 0.5, 1, 2, Infinity, Number.NaN)

/** Positions in order, equal elements in theirs; NaN is the largest. */
function orderOf(values: readonly number[], descending: boolean): number[] {
  const rank = (value: number): number => (Number.isNaN(value) ? Infinity : value)
  const compare = (a: number, b: number): number => {
    if (Number.isNaN(values[a]) !== Number.isNaN(values[b])) return Number.isNaN(values[a]) ? 1 : -1
    return rank(values[a]!) < rank(values[b]!) ? -1 : rank(values[a]!) > rank(values[b]!) ? 1 : 0
  }
  return [...values.keys()].sort((a, b) => (descending ? compare(b, a) : compare(a, b)) || a - b)
}

describe('sort', () => {
  it.each([false, true])('is stable, and NaN is the largest (descending: %s)', (descending) => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 0, maxLength: 40 }), (values) => {
        const found = argSort(tensor(Float32Array.from(values)) as Tensor, 0, { descending })
        expect([...found.dataSync()]).toEqual(orderOf(values, descending))
      }),
      { numRuns: 60 },
    )
  })

  it.each(['int32', 'uint8', 'bool'] as const)('takes the extremes of %s', (dtype) => {
    const [low, high] = { int32: [-(2 ** 31), 2 ** 31 - 1], uint8: [0, 255], bool: [0, 1] }[dtype]
    const x: Tensor = tensor([high!, low!, high!], { dtype: 'int32' }).cast(dtype)
    expect([...argSort(x, 0).dataSync()]).toEqual([1, 0, 2])
    expect([...argSort(x, 0, { descending: true }).dataSync()]).toEqual([0, 2, 1])
  })

  it('goes along the axis that is named', () => {
    const x: Tensor = tensor([
      [3, 1],
      [2, 5],
      [1, 4],
    ])
    expectTensor(sort(x, 0).values, [3, 2], [1, 1, 2, 4, 3, 5])
    expectTensor(sort(x, 1, { descending: true }).values, [3, 2], [3, 1, 5, 2, 4, 1])
    expectTensor(sort(x, 0).indices, [3, 2], [2, 0, 1, 2, 0, 1])
    expect(() => sort(x, 2)).toThrow('sort: axis 2 is out of range')
  })
})

it('topK takes the first of the order', () => {
  const x: Tensor = tensor([4, 7, 1, 7, 3])
  expectTensor(topK(x, 3).values, [3], [7, 7, 4])
  expectTensor(topK(x, 3).indices, [3], [1, 3, 0])
  expectTensor(topK(x, 2, { largest: false }).indices, [2], [2, 4])
  expectTensor(topK(x, 0).values, [0], [])
  expect(() => topK(x, 6)).toThrow('topK: 6 elements of axis -1 of [5], which has 5.')
})

describe('median', () => {
  it('is the lower middle', () => {
    const x: Tensor = tensor([
      [3, 1, 2],
      [9, 7, 8],
    ])
    expectTensor(median(x, 1).values, [2], [2, 8])
    expectTensor(median(x, 0).values, [3], [3, 1, 2])
    expectTensor(median(x, 1, { keepAxes: true }).indices, [2, 1], [2, 2])
  })

  it('of NaN is NaN, and of nothing an error', () => {
    const { values, indices } = median(tensor([1, Number.NaN, 0, Number.NaN]), 0)
    expectTensor(values, [], [NaN])
    expectTensor(indices, [], [1])
    expect(() => median(zeros([2, 0]), 1)).toThrow('median: axis 1 of [2, 0] holds no elements')
  })
})
