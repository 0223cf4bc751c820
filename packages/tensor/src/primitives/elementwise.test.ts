import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DType } from '../dtype.ts'
import { type BinaryName, binaryNames, type UnaryName, unaryNames } from '../primitive.ts'
import { apply, arrayOf, counting } from '../test/arrays.ts'
import { shapeRules } from './index.ts'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number

function unary(name: UnaryName, x: number, dtype: DType): number {
  return apply(name, [arrayOf([x], [1], dtype)], {}).data[0]!
}

function binary(name: BinaryName, [a, b]: readonly [number, number], dtype: DType): number {
  return apply(name, [arrayOf([a], [1], dtype), arrayOf([b], [1], dtype)], {}).data[0]!
}

describe('on floats', () => {
  it.each<[UnaryName, number, number]>([
    ['negate', 2, -2],
    ['absolute', -2, 2],
    ['sqrt', 2, Math.SQRT2],
    ['sqrt', -1, nan],
    ['exp', 1, Math.E],
    ['log', Math.E, 1],
    ['log', 0, -inf],
    ['sin', Math.PI / 6, 0.5],
    ['cos', Math.PI / 3, 0.5],
    ['tanh', Math.log(2), 0.6],
    ['sigmoid', Math.log(3), 0.75],
    ['sigmoid', -1000, 0],
    ['sigmoid', -700, Math.exp(-700)],
    ['sigmoid', 1000, 1],
    ['erf', 1, 0.8427007929497149],
    ['floor', -0.5, -1],
    ['round', 2.5, 2],
    ['round', -3.5, -4],
    ['round', 0.49999999999999994, 0],
  ])('%s of %d is %d', (name, x, expected) => {
    const found = unary(name, x, 'float64')
    if (Number.isFinite(expected)) expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-15 * Math.abs(expected))
    else expect(found).toBe(expected)
  })

  it.each<[BinaryName, number, number, number]>([
    ['divide', 1, 0, inf],
    ['divide', 0, 0, nan],
    ['remainder', 7, 3, 1],
    ['remainder', -7, 3, 2],
    ['remainder', 7, -3, -2],
    ['remainder', -6, 3, -0],
    ['remainder', 5.5, 2, 1.5],
    ['remainder', 1, 0, nan],
    ['power', 2, 10, 1024],
    ['power', -8, 1 / 3, nan],
    ['power', 0, 0, 1],
    ['power', nan, 0, 1],
    ['power', 1, nan, 1],
    ['power', -1, -inf, 1],
    ['power', 0, -1, inf],
    ['maximum', nan, 1, nan],
    ['maximum', 1, nan, nan],
    ['minimum', nan, 1, nan],
    ['minimum', -inf, 1, -inf],
    ['less', nan, 1, 0],
    ['lessEqual', 1, 1, 1],
    ['equal', nan, nan, 0],
    ['equal', 0, -0, 1],
  ])('%s of %d and %d is %d', (name, a, b, expected) => {
    expect(binary(name, [a, b], 'float64')).toBe(expected)
  })

  it('every float32 operation rounds its exact result once', () => {
    const float = fc.float({ noDefaultInfinity: true, noNaN: true })
    const exact = {
      add: (a: number, b: number) => a + b,
      subtract: (a: number, b: number) => a - b,
      multiply: (a: number, b: number) => a * b,
      divide: (a: number, b: number) => a / b,
    }
    fc.assert(
      fc.property(float, float, (a, b) => {
        for (const [name, operation] of Object.entries(exact))
          expect(binary(name as keyof typeof exact, [a, b], 'float32')).toBe(Math.fround(operation(a, b)))
      }),
    )
  })
})

describe('on integers', () => {
  const least = -(2 ** 31)
  it.each<[BinaryName, number, number, number]>([
    ['add', 2 ** 31 - 1, 1, least],
    ['subtract', least, 1, 2 ** 31 - 1],
    ['multiply', 123456789, 987654321, -67153019],
    ['divide', -7, 2, -3],
    ['divide', 7, 0, 0],
    ['divide', least, -1, least],
    ['remainder', -7, 3, 2],
    ['remainder', 7, 0, 0],
    ['maximum', -3, 2, 2],
    ['less', least, 0, 1],
    ['and', 12, 10, 8],
    ['or', 12, 10, 14],
    ['xor', 12, -1, -13],
    ['shiftLeft', 1, 31, least],
    ['shiftLeft', 1, 33, 2],
    ['shiftRightLogical', -1, 28, 15],
    ['shiftRightLogical', -1, 0, -1],
  ])('int32: %s of %d and %d is %d', (name, a, b, expected) => {
    expect(binary(name, [a, b], 'int32')).toBe(expected)
  })

  it.each<[BinaryName, number, number, number]>([
    ['add', 200, 100, 44],
    ['subtract', 1, 2, 255],
    ['multiply', 20, 13, 4],
    ['divide', 255, 2, 127],
    ['shiftLeft', 255, 4, 240],
    ['shiftLeft', 1, 8, 0],
    ['shiftRightLogical', 255, 4, 15],
  ])('uint8: %s of %d and %d is %d', (name, a, b, expected) => {
    expect(binary(name, [a, b], 'uint8')).toBe(expected)
  })

  it('negate and absolute wrap', () => {
    expect(unary('negate', least, 'int32')).toBe(least)
    expect(unary('absolute', least, 'int32')).toBe(least)
    expect(unary('negate', 1, 'uint8')).toBe(255)
  })

  it('int32 multiplication keeps the low 32 bits of the exact product', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (x, y) => {
        const [a, b] = [x | 0, y | 0]
        expect(binary('multiply', [a, b], 'int32')).toBe(Number(BigInt.asIntN(32, BigInt(a) * BigInt(b))))
      }),
    )
  })
})

describe('on bools', () => {
  it.each<[BinaryName, number[]]>([
    ['and', [0, 0, 0, 1]],
    ['or', [0, 1, 1, 1]],
    ['xor', [0, 1, 1, 0]],
    ['maximum', [0, 1, 1, 1]],
    ['minimum', [0, 0, 0, 1]],
    ['equal', [1, 0, 0, 1]],
    ['less', [0, 1, 0, 0]],
  ])('%s has the truth table %j', (name, expected) => {
    const [a, b] = [arrayOf([0, 0, 1, 1], [4], 'bool'), arrayOf([0, 1, 0, 1], [4], 'bool')]
    const { dtype, data } = apply(name, [a, b], {})
    expect(dtype).toBe('bool')
    expect([...data]).toEqual(expected)
  })
})

describe('select', () => {
  const condition = arrayOf([1, 0], [2], 'bool')

  it('takes the second where the first holds, else the third', () => {
    expect([...apply('select', [condition, arrayOf([1, 2]), arrayOf([3, 4])], {}).data]).toEqual([1, 4])
  })

  it('C1: needs a bool condition', () => {
    expect(() => shapeRules.select([counting([2]), counting([2]), counting([2])], {})).toThrow(
      'select: the condition must be bool, not float32.',
    )
  })

  it('C2: needs a condition of the same shape', () => {
    expect(() => shapeRules.select([condition, counting([3]), counting([3])], {})).toThrow(
      'select: shapes differ: [2] and [3] (2 ≠ 3 at axis 0).',
    )
  })

  it('C3: needs two choices of one type', () => {
    expect(() => shapeRules.select([condition, counting([2]), counting([2], 'int32')], {})).toThrow(
      'select: dtypes differ: float32 and int32.',
    )
  })
})

describe('the shape rules', () => {
  const comparisons: readonly BinaryName[] = ['less', 'lessEqual', 'equal']

  it.each(unaryNames)('C1: %s refuses bool', (name) => {
    expect(() => shapeRules[name]([counting([2], 'bool')], {})).toThrow(`${name}: takes`)
  })

  it.each(binaryNames.filter((name) => !comparisons.includes(name)))('C1: %s refuses a dtype', (name) => {
    const refused = (['bool', 'float32', 'int32'] as const).filter((dtype) => {
      try {
        shapeRules[name]([counting([2], dtype), counting([2], dtype)], {})
        return false
      } catch (error) {
        expect((error as Error).message).toMatch(`${name}: takes`)
        return true
      }
    })
    // Maximum and minimum take everything.
    expect(refused.length).toBe(
      name === 'maximum' || name === 'minimum' ? 0 : name === 'power' || name.startsWith('shift') ? 2 : 1,
    )
  })

  it.each(binaryNames)('C2: %s names the sizes that differ', (name) => {
    const dtype = name.startsWith('shift') || name === 'and' || name === 'or' || name === 'xor' ? 'int32' : 'float32'
    expect(() => shapeRules[name]([counting([2, 3], dtype), counting([2, 4], dtype)], {})).toThrow(
      `${name}: shapes differ: [2, 3] and [2, 4] (3 ≠ 4 at axis 1). Broadcast one operand first.`,
    )
    expect(() => shapeRules[name]([counting([3], dtype), counting([2, 3], dtype)], {})).toThrow('(1 ≠ 2 axes)')
  })

  it.each(binaryNames)('C3: %s names the dtypes that differ', (name) => {
    const dtype = name.startsWith('shift') || name === 'and' || name === 'or' || name === 'xor' ? 'int32' : 'float32'
    expect(() => shapeRules[name]([counting([2], dtype), counting([2], 'uint8')], {})).toThrow(
      `${name}: dtypes differ: ${dtype} and uint8.`,
    )
  })

  it("comparisons give bool, everything else its operands' dtype", () => {
    const [a, b] = [counting([2], 'float64'), counting([2], 'float64')]
    expect(shapeRules.less([a, b], {})).toEqual({ shape: [2], dtype: 'bool' })
    expect(shapeRules.add([a, b], {})).toMatchObject({ shape: [2], dtype: 'float64' })
  })
})
