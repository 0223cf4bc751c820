import { where } from '@neurite/tensor'
import type { VjpRule } from '../rule.ts'

/**
 * y = aᵇ: ∂y/∂a = b · aᵇ⁻¹, ∂y/∂b = y · log a.
 *
 * Two limits that the formulas miss: 0⁰ is 1 whatever the base, so its derivative by the base is 0, not 0 · ∞; and 0ᵇ, b ≥ 0,
 * stays what it is as b changes, so its derivative by the exponent is 0, not 0 · −∞.
 */
export const powerRule: VjpRule<'power'> = (c, { inputs: [a, b], output: y }) => {
  const isZero = a!.equal(0)
  const lowered = where(isZero.and(b!.equal(0)), 0, b!.subtract(1))
  const base = where(isZero.and(b!.greaterEqual(0)), 1, a!)
  return [c.multiply(b!).multiply(a!.power(lowered)), c.multiply(y).multiply(base.log())]
}
