import { describe, expect, it } from 'vitest'
import { CustomGradient } from '../custom-gradient.ts'
import { apply, arrayOf } from '../test/arrays.ts'
import { shapeRules } from './index.ts'

const x = arrayOf([1, 2, 3], [3], 'float32')
const y = arrayOf([4, 5], [2], 'int32')
const call = new CustomGradient(2, () => [])

describe('stopGradient', () => {
  it('gives the same values in other memory', () => {
    const { data } = apply('stopGradient', [x], {})
    expect(data).toEqual(x.data)
    expect(data).not.toBe(x.data)
  })
})

describe('customGradient', () => {
  it('gives one of the values', () => {
    expect(apply('customGradient', [x, y, x], { call, place: 1 })).toEqual(y)
    expect(apply('customGradient', [x, y, x], { call, place: 0 }).data).not.toBe(x.data)
  })

  it('C1: needs a value for each result', () => {
    expect(() => shapeRules.customGradient([x, y], { call, place: 2 })).toThrow('customGradient: result 2 of 2')
    expect(() => shapeRules.customGradient([x], { call, place: 0 })).toThrow('needs as many values, not 1')
  })
})

describe('barrier', () => {
  it('gives the first operand, whatever the others are', () => {
    expect(apply('barrier', [x, y], {})).toEqual(x)
  })

  it('C1: needs a value', () => {
    expect(() => shapeRules.barrier([], {})).toThrow('barrier: needs a value')
  })
})
