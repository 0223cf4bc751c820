import { describe, expect, it } from 'vitest'
import { erf } from './erf.ts'

/** The Taylor series Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)) · 2/√π in exact fractions of 2⁻²⁰⁰; x is a multiple of 1/1024. */
function taylorErf(x: number): number {
  const one = 1n << 200n
  const exactX = (one * BigInt(x * 1024)) / 1024n
  let power = exactX
  let sum = 0n
  for (let n = 0n; power !== 0n; n++) {
    sum += power / (2n * n + 1n)
    power = (-power * exactX * exactX) / one / one / (n + 1n)
  }
  return (2 / Math.sqrt(Math.PI)) * (Number(sum / (1n << 130n)) / 2 ** 70)
}

describe('erf', () => {
  it('agrees with its Taylor series to the last bits', () => {
    for (let x = -6.5; x <= 6.5; x += 1 / 64)
      expect(Math.abs(erf(x) - taylorErf(x))).toBeLessThanOrEqual(4e-16 * Math.max(Math.abs(taylorErf(x)), 1e-3))
  })

  it('agrees with the table of Abramowitz & Stegun 1964', () => {
    expect(erf(0.5)).toBeCloseTo(0.520499877813, 12)
    expect(erf(1)).toBeCloseTo(0.84270079295, 11)
    expect(erf(2)).toBeCloseTo(0.995322265019, 12)
  })

  it('keeps the relative accuracy of tiny arguments and the sign of zero', () => {
    expect(erf(1e-300)).toBeCloseTo((2 / Math.sqrt(Math.PI)) * 1e-300, 310)
    expect(erf(-0)).toBe(-0)
  })

  it('ends at ±1 and lets NaN through', () => {
    expect([erf(7), erf(-Infinity), erf(NaN)]).toEqual([1, -1, NaN])
  })
})
