import { expect, test } from 'vitest'
import { exact, toleranceOf, toleranceOfSum, unitInLastPlace } from './tolerance.ts'

test('a unit in the last place is the distance to the next number', () => {
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

test('tolerances are zero for integers and for what IEEE 754 defines, and positive for elementary functions', () => {
  expect(toleranceOf('divide', 'float32')).toEqual({ ulps: 0, absolute: 0, signOfZero: true })
  expect(toleranceOf('maximum', 'float64')).toEqual(exact)
  expect(toleranceOf('divide', 'int32')).toEqual(exact)
  expect(toleranceOf('exp', 'float32').ulps).toBeGreaterThan(0)
  expect(toleranceOfSum('int32', 100, 5)).toEqual(exact)
  expect(toleranceOfSum('float32', 100, 1).absolute).toBeCloseTo(101 * 2 ** -24, 12)
})
