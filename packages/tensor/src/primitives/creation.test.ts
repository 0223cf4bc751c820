import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, elementsBy, shapes } from '../test/arrays.ts'

describe('input', () => {
  it('C1: needs a shape', () => {
    expect(() => apply('input', [], { shape: [-1], dtype: 'float32' })).toThrow('input: [-1] is not a shape')
  })

  it('has no value of its own', () => {
    expect(() => apply('input', [], { shape: [2], dtype: 'float32' })).toThrow(
      'evaluate: a float32 tensor [2] has no value: it is an argument of a function that is being compiled.',
    )
  })
})

describe('constant', () => {
  it('is its value everywhere', () => {
    const { shape, dtype, data } = apply('constant', [], { shape: [2, 2], dtype: 'float32', value: 0.1 })
    expect({ shape, dtype }).toEqual({ shape: [2, 2], dtype: 'float32' })
    expect([...data]).toEqual(Array(4).fill(Math.fround(0.1)))
  })

  it('C1: needs a shape', () => {
    expect(() => apply('constant', [], { shape: [0.5], dtype: 'int32', value: 1 })).toThrow(
      'constant: [0.5] is not a shape',
    )
  })

  it('C2: needs a value of the dtype', () => {
    expect(() => apply('constant', [], { shape: [1], dtype: 'int32', value: 0.5 })).toThrow(
      'constant: 0.5 is no int32 value',
    )
  })
})

describe('iota', () => {
  it('counts along its axis', () => {
    const cases = shapes({ minRank: 1 }).chain((shape) =>
      fc.tuple(fc.constant(shape), fc.nat({ max: shape.length - 1 })),
    )
    fc.assert(
      fc.property(cases, ([shape, axis]) => {
        const { data } = apply('iota', [], { shape, dtype: 'int32', axis })
        expect([...data]).toEqual(elementsBy(shape, (index) => index[axis]!))
      }),
    )
  })

  it('comes in any dtype', () => {
    expect([...apply('iota', [], { shape: [3], dtype: 'bool', axis: 0 }).data]).toEqual([0, 1, 1])
    expect(apply('iota', [], { shape: [300], dtype: 'uint8', axis: 0 }).data[257]).toBe(1)
    expect(apply('iota', [], { shape: [3], dtype: 'float64', axis: 0 }).data).toEqual(Float64Array.of(0, 1, 2))
  })

  it('C1: needs a shape', () => {
    expect(() => apply('iota', [], { shape: [-2], dtype: 'int32', axis: 0 })).toThrow('iota: [-2] is not a shape')
  })

  it('C2: needs an axis to count along', () => {
    expect(() => apply('iota', [], { shape: [2], dtype: 'int32', axis: 1 })).toThrow('iota: axis 1 is out of range')
  })
})
