import { describe, expect, it } from 'vitest'
import { type Computed, differenceBetween } from './compare.ts'
import type { RecordedTensor } from './format/recorded.ts'

const tolerance = { abs: 1e-3, rel: 1e-2 }

function computed(values: readonly number[], shape: readonly number[] = [values.length]): Computed {
  return { shape, dtype: 'float64', data: Float64Array.from(values) }
}

function recorded(data: RecordedTensor['data'], shape: readonly number[] = [data.length]): RecordedTensor {
  return { shape, dtype: 'float32', data }
}

describe('differenceBetween', () => {
  it('allows abs · scale + rel · |expected|, the scale being the largest element up to 1', () => {
    expect(differenceBetween(computed([100.9, 0.0009]), recorded([100, 0]), tolerance)).toBeUndefined()
    expect(differenceBetween(computed([100, 0.0011]), recorded([100, 0]), tolerance)).toBe(
      '0.0011 instead of 0 at [1], an error of 0.00110, 1.10 × what is allowed',
    )
    // Of small elements less is allowed, but never less than abs · 0.001.
    expect(differenceBetween(computed([0.01, 0.00002]), recorded([0.01, 0]), tolerance)).toContain(
      '0.00002 instead of 0',
    )
    expect(differenceBetween(computed([9e-7]), recorded([0]), tolerance)).toBeUndefined()
  })

  it('names the worst element and counts the others', () => {
    expect(differenceBetween(computed([1, 2, 3, 4], [2, 2]), recorded([1, 2.1, 5, 4], [2, 2]), tolerance)).toBe(
      '3 instead of 5 at [1, 0], an error of 2.00, 39.2 × what is allowed; 2 of 4 elements differ',
    )
  })

  it('wants NaN for NaN and infinities of equal sign', () => {
    const special = recorded(['NaN', 'Infinity', '-Infinity'])
    expect(differenceBetween(computed([NaN, Infinity, -Infinity]), special, tolerance)).toBeUndefined()
    expect(differenceBetween(computed([0, Infinity, -Infinity]), special, tolerance)).toBe('0 instead of NaN at [0]')
    expect(differenceBetween(computed([NaN, -Infinity, -Infinity]), special, tolerance)).toContain(
      '-Infinity instead of Infinity at [1]',
    )
    expect(differenceBetween(computed([NaN]), recorded([1]), tolerance)).toBe('NaN instead of 1 at [0]')
  })

  it('wants the shape, the class of the dtype, and integers exactly', () => {
    expect(differenceBetween(computed([1, 2]), recorded([1, 2], [1, 2]), tolerance)).toBe('shape [2] instead of [1, 2]')
    const integers: RecordedTensor = { shape: [1], dtype: 'int32', data: [1000] }
    expect(differenceBetween(computed([1000]), integers, tolerance)).toBe('dtype float64 instead of int32')
    const found: Computed = { shape: [1], dtype: 'int32', data: Int32Array.of(1001) }
    expect(differenceBetween(found, integers, tolerance)).toBe('1001 instead of 1000 at [0], an error of 1.00')
    const bools: RecordedTensor = { shape: [1], dtype: 'bool', data: [1] }
    expect(differenceBetween(found, bools, tolerance)).toBe('dtype int32 instead of bool')
  })

  it('finds empty tensors equal', () => {
    expect(differenceBetween(computed([], [0, 3]), recorded([], [0, 3]), tolerance)).toBeUndefined()
  })
})
