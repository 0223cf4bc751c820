import { describe, expect, test } from 'vitest'
import { agrees, differences, unitInLastPlace } from './compare.ts'
import { exact, toleranceOf, toleranceOfSum } from './tolerance.ts'

describe('a unit in the last place', () => {
  test('is the distance to the next number', () => {
    const bits = new Int32Array(1)
    const float = new Float32Array(bits.buffer)
    for (const value of [1, 1.5, 0.1, 3e-40, 16777216, 1.9999999, 3e38, 1e-45]) {
      float[0] = value
      const here = float[0]
      bits[0]!++
      expect(unitInLastPlace(here, 'float32')).toBe(float[0]! - here)
    }
    expect(unitInLastPlace(1, 'float64')).toBe(Number.EPSILON)
    expect(unitInLastPlace(-0.75, 'float64')).toBe(Number.EPSILON / 2)
    expect(unitInLastPlace(0, 'float64')).toBe(Number.MIN_VALUE)
  })
})

describe('two numbers agree', () => {
  const fourUlps = { ulps: 4, absolute: 0 }
  test.each([
    [1 + 4 * 2 ** -23, 1, fourUlps, true],
    [1 + 5 * 2 ** -23, 1, fourUlps, false],
    [1e-6, 0, { ulps: 0, absolute: 1e-6 }, true],
    [Number.NaN, Number.NaN, exact, true],
    [Number.NaN, 1, fourUlps, false],
    [1, Number.NaN, fourUlps, false],
    [Infinity, Infinity, exact, true],
    [-Infinity, Infinity, fourUlps, false],
    [3.4e38, Infinity, fourUlps, false],
    [Infinity, 3.4028234663852886e38, fourUlps, true],
    [Infinity, 3.4e38, fourUlps, false],
    [-Infinity, 3.4028234663852886e38, fourUlps, false],
    [-0, 0, exact, true],
    [-0, 0, { ...exact, signOfZero: true }, false],
  ])('%d and %d under %j: %s', (actual, expected, tolerance, verdict) => {
    expect(agrees(actual, expected, 'float32', tolerance)).toBe(verdict)
  })
})

test('differences name the buffer, the places and the values', () => {
  const at = { dtype: 'float32', tolerance: exact } as const
  expect(differences('out', Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 3), at)).toEqual([])
  expect(differences('out', Float32Array.of(1, 5, -0.5), Float32Array.of(1, 2, 3), at)).toEqual([
    'out: 2 of 3 elements are off: [1] is 5, expected 2; [2] is -0.5, expected 3',
  ])
  expect(differences('out', Float32Array.of(1), Float32Array.of(1, 2), at)).toEqual(['out: has 1 elements, expected 2'])
  expect(differences('out', Float64Array.of(1), Float32Array.of(1), at)).toEqual([
    'out: is a Float64Array, expected a Float32Array',
  ])
  const apiece = { dtype: 'float32', tolerance: [exact, { ulps: 0, absolute: 1 }] } as const
  expect(differences('out', Float32Array.of(1, 3), Float32Array.of(1, 2), apiece)).toEqual([])
})

test('tolerances are zero for integers and for what IEEE 754 defines, and positive for elementary functions', () => {
  expect(toleranceOf('divide', 'float32')).toEqual({ ulps: 0, absolute: 0, signOfZero: true })
  expect(toleranceOf('maximum', 'float64')).toEqual(exact)
  expect(toleranceOf('divide', 'int32')).toEqual(exact)
  expect(toleranceOf('exp', 'float32').ulps).toBeGreaterThan(0)
  expect(toleranceOfSum('int32', 100, 5)).toEqual(exact)
  expect(toleranceOfSum('float32', 100, 1).absolute).toBeCloseTo(44 * 2 ** -24, 12)
})
