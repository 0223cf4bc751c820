import { describe, expect, it } from 'vitest'
import { zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { concatenate, stack } from './concatenate.ts'
import { split } from './split.ts'

const a: Tensor = tensor([[1, 2]])
const b: Tensor = tensor([
  [3, 4],
  [5, 6],
])

describe('concatenate', () => {
  it('puts tensors one after the other', () => {
    expectTensor(concatenate([a, b], 0), [3, 2], [1, 2, 3, 4, 5, 6])
    expectTensor(concatenate([b, b], -1), [2, 4], [3, 4, 3, 4, 5, 6, 5, 6])
    expect(concatenate([a], 0)).toBe(a)
  })

  it('promotes', () => {
    expect(concatenate([zeros([1], 'bool'), zeros([1], 'int32')], 0).dtype).toBe('int32')
  })

  it('refuses tensors that do not fit', () => {
    expect(() => concatenate([a, b], 1)).toThrow('concatenate: [1, 2] and [2, 2] differ besides axis 1.')
    expect(() => concatenate([] as Tensor[], 0)).toThrow('concatenate: needs at least one tensor.')
  })
})

describe('stack', () => {
  it('makes a new axis', () => {
    const x: Tensor = tensor([1, 2])
    expectTensor(stack([x, x.negate()], 0), [2, 2], [1, 2, -1, -2])
    expectTensor(stack([x, x.negate()], -1), [2, 2], [1, -1, 2, -2])
  })

  it('needs equal shapes', () => {
    expect(() => stack([a, b], 0)).toThrow('stack: shapes differ: [1, 2] and [2, 2].')
  })
})

describe('split', () => {
  it('undoes concatenate', () => {
    const parts = split(concatenate([a, b], 0), [1, 2], 0)
    expectTensor(parts[0], [1, 2], [1, 2])
    expectTensor(parts[1], [2, 2], [3, 4, 5, 6])
  })

  it('into parts of one size leaves the rest to the last', () => {
    expect(split(zeros([5, 2]), 2, 0).map((part) => part.shape)).toEqual([
      [2, 2],
      [2, 2],
      [1, 2],
    ])
  })

  it('needs sizes that add up', () => {
    expect(() => split(b, [1, 2], 0)).toThrow('split: sizes [1, 2] add up to 3, but axis 0 of [2, 2] has 2.')
    expect(() => split(b, 0, 0)).toThrow('split: size 0 is not a positive integer.')
  })
})
