import { describe, expect, it } from 'vitest'
import type { DType } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { apply, arrayOf } from '../test/arrays.ts'
import { checkElement } from './element.ts'

describe('an element', () => {
  it.each<[DType, number]>([
    ['int32', 0.5],
    ['int32', 2 ** 31],
    ['uint8', -1],
    ['uint8', 256],
    ['bool', 2],
    ['int32', NaN],
  ])('of %s cannot be %d', (dtype, value) => {
    expect(() => checkElement('pad', value, dtype)).toThrow(DTypeError)
    expect(() => checkElement('pad', value, dtype)).toThrow(`pad: ${value} is no ${dtype} value`)
  })

  it.each<[DType, number]>([
    ['float32', 0.1],
    ['float64', -Infinity],
    ['int32', -(2 ** 31)],
    ['uint8', 255],
    ['bool', 1],
  ])('of %s can be %d', (dtype, value) => {
    expect(() => checkElement('pad', value, dtype)).not.toThrow()
  })
})

describe('cast', () => {
  it.each<[from: DType, to: DType, values: number[], expected: number[]]>([
    [
      'float32',
      'int32',
      [2.9, -2.9, 3e9, -3e9, NaN, Infinity, -Infinity, -0.5],
      [2, -2, 2147483647, -2147483648, 0, 2147483647, -2147483648, 0],
    ],
    ['float64', 'uint8', [2.9, -1, 300, NaN, 255.9], [2, 0, 255, 0, 255]],
    ['int32', 'uint8', [-1, 256, 511, 7], [255, 0, 255, 7]],
    ['float32', 'bool', [0, -0, 0.1, NaN, -3], [0, 0, 1, 1, 1]],
    ['int32', 'bool', [256, 0, -1], [1, 0, 1]],
    ['uint8', 'int32', [255, 0], [255, 0]],
    ['bool', 'float32', [1, 0], [1, 0]],
    ['float64', 'float32', [0.1, 1e40], [Math.fround(0.1), Infinity]],
    ['int32', 'float32', [2 ** 24 + 1], [2 ** 24]],
  ])('from %s to %s', (from, to, values, expected) => {
    const { dtype, data } = apply('cast', [arrayOf(values, [values.length], from)], { dtype: to })
    expect(dtype).toBe(to)
    expect([...data]).toEqual(expected)
  })
})
