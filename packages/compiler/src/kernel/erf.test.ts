import { expect, test } from 'vitest'
import { erf } from './erf.ts'

// Abramowitz & Stegun 1964, table 7.1 (ten places).
test.each([
  [0, 0],
  [0.1, 0.112462916],
  [0.5, 0.5204998778],
  [1, 0.8427007929],
  [1.5, 0.9661051465],
  [2, 0.995322265],
])('erf(%f) is %f, as tabulated', (x, expected) => {
  expect(erf(x)).toBeCloseTo(expected, 9)
  expect(erf(-x)).toBeCloseTo(-expected, 9)
})

test('erf is the integral of 2/√π · e⁻ᵗ², through the change of method at 2.5 and at 6', () => {
  const steps = 6500
  const width = 6.5 / steps
  const density = (t: number): number => (2 / Math.sqrt(Math.PI)) * Math.exp(-t * t)
  let integral = 0
  for (let i = 0; i < steps; i++) {
    const t = i * width
    // Simpson's rule: the error is about width⁴/2880 · max|f⁗|, below 1e-14.
    integral += (width / 6) * (density(t) + 4 * density(t + width / 2) + density(t + width))
    expect(Math.abs(erf(t + width) - integral)).toBeLessThan(2e-14)
  }
})

test('erf keeps the sign of zero, small numbers and what is not finite', () => {
  expect(erf(0)).toBe(0)
  expect(erf(-0)).toBe(-0)
  expect(erf(1e-300)).toBeCloseTo(1.1283791670955126e-300, 310)
  expect(erf(Infinity)).toBe(1)
  expect(erf(-Infinity)).toBe(-1)
  expect(erf(Number.NaN)).toBeNaN()
})
