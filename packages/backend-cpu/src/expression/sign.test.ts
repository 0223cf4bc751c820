import { applyScalar, axisIndex, constantScalar, loadScalar, type Scalar } from '@neurite/compiler/kernel'
import { expect, test } from 'vitest'
import { isNeverPositive } from './sign.ts'

const x = loadScalar(0, axisIndex(0), 'float32')
const y = loadScalar(1, axisIndex(0), 'float32')
const maximum: Scalar = { kind: 'result', step: 2, dtype: 'float32' }
const maxima = new Map([[2, x]])
const number = (value: number): Scalar => constantScalar(value, 'float32')

test.each([
  ['a constant', number(-1)],
  ['what is below its own maximum', applyScalar('subtract', [x, maximum])],
  ['the negative of a square', applyScalar('negate', [applyScalar('multiply', [x, x])])],
  ['a share of what is never positive', applyScalar('divide', [applyScalar('subtract', [x, maximum]), number(2)])],
  ['a minimum with zero', applyScalar('minimum', [x, number(0)])],
  ['a square times a negative number', applyScalar('multiply', [applyScalar('multiply', [x, x]), number(-0.5)])],
])('%s is never positive', (_, node) => {
  expect(isNeverPositive(node, maxima)).toBe(true)
})

test.each([
  ['an element', x],
  ['another value less the maximum', applyScalar('subtract', [y, maximum])],
  ['the maximum less a value', applyScalar('subtract', [maximum, x])],
  ['a product of two values', applyScalar('multiply', [x, y])],
  ['the negative of an element', applyScalar('negate', [x])],
  ['a negative number times another', applyScalar('multiply', [number(-1), number(-2)])],
  ['a maximum with zero', applyScalar('maximum', [x, number(0)])],
])('%s may be positive', (_, node) => {
  expect(isNeverPositive(node, maxima)).toBe(false)
})
