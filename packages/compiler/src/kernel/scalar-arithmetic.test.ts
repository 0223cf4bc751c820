import { describe, expect, test } from 'vitest'
import type { DType } from './dtype.ts'
import type { ScalarOp } from './scalar.ts'
import { conversion, operation } from './scalar-arithmetic.ts'
import { dtypesOfScalarOp } from './scalar-dtypes.ts'

const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'uint8', 'bool']
const smallest = -(2 ** 31)
const largest = 2 ** 31 - 1
const { fround } = Math

// Operation, dtype, operands, result: each written down from the definition in scalar.ts.
const examples: readonly (readonly [Exclude<ScalarOp, 'cast'>, DType, readonly number[], number])[] = [
  ['negate', 'float32', [0], -0],
  ['negate', 'int32', [smallest], smallest],
  ['negate', 'uint8', [1], 255],
  ['add', 'float32', [16777216, 1], 16777216],
  ['add', 'float64', [16777216, 1], 16777217],
  ['add', 'int32', [largest, 1], smallest],
  ['add', 'uint8', [250, 10], 4],
  ['subtract', 'int32', [smallest, 1], largest],
  ['subtract', 'uint8', [3, 5], 254],
  ['multiply', 'float32', [3e38, 10], Infinity],
  ['multiply', 'int32', [123456789, 987654321], -67153019],
  ['multiply', 'uint8', [16, 17], 16],
  ['divide', 'float32', [1, 3], fround(1 / 3)],
  ['divide', 'float32', [1, -0], -Infinity],
  ['divide', 'float64', [0, 0], Number.NaN],
  ['divide', 'int32', [-7, 2], -3],
  ['divide', 'int32', [7, 0], 0],
  ['divide', 'int32', [smallest, -1], smallest],
  ['divide', 'uint8', [200, 3], 66],
  ['divide', 'uint8', [200, 0], 0],
  ['remainder', 'float64', [-7, 3], 2],
  ['remainder', 'float64', [7, -3], -2],
  ['remainder', 'float64', [5.5, 2], 1.5],
  ['remainder', 'float64', [-1, Infinity], Infinity],
  ['remainder', 'float32', [1, 0], Number.NaN],
  ['remainder', 'int32', [-7, 3], 2],
  ['remainder', 'int32', [7, -3], -2],
  ['remainder', 'int32', [-6, 3], 0],
  ['remainder', 'int32', [7, 0], 0],
  ['remainder', 'int32', [smallest, -1], 0],
  ['remainder', 'uint8', [200, 7], 4],
  ['maximum', 'float32', [1, Number.NaN], Number.NaN],
  ['maximum', 'int32', [-1, 1], 1],
  ['maximum', 'bool', [0, 1], 1],
  ['minimum', 'float64', [Number.NaN, 1], Number.NaN],
  ['minimum', 'uint8', [200, 3], 3],
  ['minimum', 'bool', [0, 1], 0],
  ['absolute', 'float32', [-0], 0],
  ['absolute', 'int32', [smallest], smallest],
  ['power', 'float64', [-2, 3], -8],
  ['power', 'float64', [-2, 0.5], Number.NaN],
  ['power', 'float32', [1, Number.NaN], 1],
  ['power', 'float32', [Number.NaN, 0], 1],
  ['power', 'float32', [-1, -Infinity], 1],
  ['power', 'float32', [0, -1], Infinity],
  ['sqrt', 'float32', [2], fround(Math.SQRT2)],
  ['sqrt', 'float64', [-1], Number.NaN],
  ['exp', 'float32', [1], fround(Math.E)],
  ['exp', 'float32', [100], Infinity],
  ['exp', 'float64', [-Infinity], 0],
  ['log', 'float32', [0], -Infinity],
  ['log', 'float64', [-1], Number.NaN],
  ['sin', 'float64', [Infinity], Number.NaN],
  ['cos', 'float32', [0], 1],
  ['tanh', 'float32', [100], 1],
  ['sigmoid', 'float64', [0], 0.5],
  ['sigmoid', 'float64', [-1000], 0],
  ['sigmoid', 'float32', [-100], fround(Math.exp(-100))],
  ['erf', 'float32', [0.5], fround(0.5204998778130465)],
  ['floor', 'float32', [-0.5], -1],
  ['round', 'float32', [0.5], 0],
  ['round', 'float32', [1.5], 2],
  ['round', 'float32', [2.5], 2],
  ['round', 'float64', [-2.5], -2],
  ['round', 'float64', [-0.4], -0],
  ['round', 'float64', [0.49999999999999994], 0],
  ['round', 'float64', [Infinity], Infinity],
  ['and', 'int32', [-1, 6], 6],
  ['and', 'bool', [1, 0], 0],
  ['or', 'uint8', [3, 4], 7],
  ['xor', 'int32', [-1, 1], -2],
  ['xor', 'bool', [1, 1], 0],
  ['shiftLeft', 'int32', [1, 31], smallest],
  ['shiftLeft', 'int32', [1, 33], 2],
  ['shiftLeft', 'uint8', [3, 7], 128],
  ['shiftRightLogical', 'int32', [-1, 28], 15],
  ['shiftRightLogical', 'int32', [-1, 0], -1],
  ['shiftRightLogical', 'uint8', [200, 3], 25],
  ['less', 'float32', [Number.NaN, 1], 0],
  ['less', 'int32', [-1, 1], 1],
  ['lessEqual', 'float64', [2, 2], 1],
  ['equal', 'float64', [Number.NaN, Number.NaN], 0],
  ['equal', 'float64', [0, -0], 1],
  ['select', 'float32', [1, 2, 3], 2],
  ['select', 'int32', [0, 2, 3], 3],
]

test.each(examples)('%s of %s %j is %d', (op, dtype, operands, expected) => {
  const [a = 0, b = 0, c = 0] = operands
  expect(operation(op, dtype)(a, b, c)).toBe(expected)
})

test('every operation works on the dtypes that scalar-dtypes lists and refuses the others', () => {
  for (const [op, allowed] of Object.entries(dtypesOfScalarOp) as [ScalarOp, readonly DType[]][]) {
    if (op === 'cast') continue
    for (const dtype of dtypes) {
      if (allowed.includes(dtype)) expect(typeof operation(op, dtype)(1, 1, 1)).toBe('number')
      else expect(() => operation(op, dtype)).toThrow(`${op}: does not work on ${dtype}.`)
    }
  }
})

describe('cast', () => {
  test.each([
    ['float32', 'int32', 2.9, 2],
    ['float32', 'int32', -2.9, -2],
    ['float64', 'int32', -0.5, 0],
    ['float64', 'int32', 1e20, largest],
    ['float64', 'int32', -Infinity, smallest],
    ['float32', 'int32', Number.NaN, 0],
    ['float32', 'uint8', 300, 255],
    ['float32', 'uint8', -3, 0],
    ['float64', 'uint8', Number.NaN, 0],
    ['int32', 'uint8', 300, 44],
    ['int32', 'uint8', -1, 255],
    ['bool', 'uint8', 1, 1],
    ['uint8', 'int32', 200, 200],
    ['float64', 'float32', 0.1, fround(0.1)],
    ['int32', 'float32', 16777217, 16777216],
    ['int32', 'float64', 16777217, 16777217],
    ['float32', 'bool', Number.NaN, 1],
    ['float32', 'bool', -0, 0],
    ['float32', 'bool', 0.5, 1],
    ['int32', 'bool', -3, 1],
  ] as const)('from %s to %s takes %d to %d', (from, to, value, expected) => {
    expect(conversion(from, to)(value)).toBe(expected)
  })
})
