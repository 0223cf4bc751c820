import { describe, expect, it } from 'vitest'
import { arange, eye, full, iota, linspace, ones, onesLike, zeros, zerosLike } from './create.ts'
import { tensor } from './from-data.ts'
import { expectTensor } from './test/closeness.ts'

describe('constants', () => {
  it('fill a shape', () => {
    expectTensor(zeros([2, 2]), [2, 2], [0, 0, 0, 0])
    expectTensor(ones([3], 'int32'), [3], [1, 1, 1])
    expectTensor(full([], 2.5), [], [2.5])
    const x = tensor([1, 2], { dtype: 'uint8' })
    expect(zerosLike(x).dtype).toBe('uint8')
    expectTensor(onesLike(x), [2], [1, 1])
  })

  it('refuse what is no shape', () => {
    expect(() => zeros([2, -1])).toThrow('[2, -1] is not a shape: sizes must be non-negative integers.')
    expect(() => full([0.5], 1)).toThrow('full: [0.5] is not a shape')
  })
})

describe('iota', () => {
  it('counts along an axis', () => {
    expectTensor(iota([2, 3], 1), [2, 3], [0, 1, 2, 0, 1, 2])
    expectTensor(iota([2, 3], -2), [2, 3], [0, 0, 0, 1, 1, 1])
    expect(() => iota([2], 1)).toThrow('iota: axis 1 is out of range for 1 axes')
  })
})

describe('arange', () => {
  it('goes from start to before stop', () => {
    expectTensor(arange({ stop: 3 }), [3], [0, 1, 2])
    expectTensor(arange({ start: 2, stop: 8, step: 3 }), [2], [2, 5])
    expectTensor(arange({ start: 1, stop: 0, step: -0.25 }), [4], [1, 0.75, 0.5, 0.25])
    expectTensor(arange({ start: 3, stop: 1 }), [0], [])
    expect(arange({ stop: 3, dtype: 'int32' }).dtype).toBe('int32')
  })

  it('refuses a step of 0', () => {
    expect(() => arange({ stop: 3, step: 0 })).toThrow('arange: from 0 to 3 by 0 has no end.')
  })
})

describe('linspace', () => {
  it('reaches both ends exactly', () => {
    expectTensor(linspace({ start: -1, stop: 1, count: 5 }), [5], [-1, -0.5, 0, 0.5, 1], 0)
    const data = linspace({ start: 0.1, stop: 0.7, count: 7 }).dataSync()
    expect([data[0], data[6]]).toEqual([Math.fround(0.1), Math.fround(0.7)])
    expectTensor(linspace({ start: 4, stop: 9, count: 1 }), [1], [4])
  })
})

describe('eye', () => {
  it('is the identity matrix', () => {
    expectTensor(eye(2), [2, 2], [1, 0, 0, 1])
    expect(eye(2, 'bool').dtype).toBe('bool')
  })
})
