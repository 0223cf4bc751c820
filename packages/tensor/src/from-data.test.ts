import { describe, expect, it } from 'vitest'
import { tensor } from './from-data.ts'
import { expectTensor } from './test/closeness.ts'

describe('tensor', () => {
  it('takes nested lists, numbers and booleans', () => {
    expectTensor(tensor(3), [], [3])
    expectTensor(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      [3, 2],
      [1, 2, 3, 4, 5, 6],
    )
    expectTensor(tensor([]), [0], [])
    expectTensor(tensor([[], []]), [2, 0], [])
    expect(tensor([1]).dtype).toBe('float32')
    expect(tensor([[true]]).dtype).toBe('bool')
  })

  it('lets typed arrays keep their dtype', () => {
    expect(tensor(new Float32Array(1)).dtype).toBe('float32')
    expect(tensor(new Float64Array(1)).dtype).toBe('float64')
    expect(tensor(new Int32Array(1)).dtype).toBe('int32')
    expect(tensor(new Uint8Array(1)).dtype).toBe('uint8')
    expect(() => tensor(new Int16Array(1) as unknown as Int32Array)).toThrow(
      'tensor: takes Float32Array, Float64Array, Int32Array and Uint8Array, not Int16Array.',
    )
  })

  it('takes another shape and dtype', () => {
    expectTensor(tensor(Uint8Array.of(1, 2, 3, 4), { shape: [2, 2], dtype: 'float32' }), [2, 2], [1, 2, 3, 4])
    expectTensor(tensor([0, 2, NaN], { dtype: 'bool' }), [3], [0, 1, 1])
  })

  it('copies its data', () => {
    const data = Float32Array.of(1, 2)
    const x = tensor(data)
    data[0] = 9
    expectTensor(x, [2], [1, 2])
  })

  it('names the place where lists are ragged', () => {
    expect(() => tensor([[1, 2], [3]])).toThrow(
      'tensor: ragged lists: [1] has length 1 where 2 elements were expected.',
    )
    expect(() => tensor([[1], 2])).toThrow('tensor: ragged lists: [1] has no list where 1 elements were expected.')
    expect(() => tensor([1, [2]])).toThrow(
      'tensor: ragged lists: [1] is a list, but the first element of its level is not.',
    )
  })

  it('counts the elements', () => {
    expect(() => tensor([1, 2, 3], { shape: [2, 2] })).toThrow('tensor: 3 elements do not fill [2, 2], which has 4.')
  })

  it('does not round or wrap silently', () => {
    expect(() => tensor([[1, 2.5]], { dtype: 'int32' })).toThrow('tensor: 2.5 at [0][1] is not a int32 value.')
    expect(() => tensor(Float32Array.of(1, 256), { dtype: 'uint8' })).toThrow(
      'tensor: 256 at [1] is not a uint8 value.',
    )
  })
})
