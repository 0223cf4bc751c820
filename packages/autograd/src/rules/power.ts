import { where } from '@neurite/tensor'
import type { VjpRule } from '../rule.ts'

/**
 * y = aᵇ: ∂y/∂a = b · aᵇ⁻¹, ∂y/∂b = y · log a.
 *
 * 0⁰ is 1 whatever the base, so its derivative by the base is 0, where the formula gives 0 · ∞. Negative bases and 0 have no
 * derivative by the exponent that a network could use: it is 0 there.
 */
export const powerRule: VjpRule<'power'> = (c, { inputs: [a, b], output: y }) => {
  const isZeroToZero = a!.equal(0).and(b!.equal(0))
  const lowered = where(isZeroToZero, 0, b!.subtract(1))
  const positive = where(a!.greater(0), a!, 1)
  return [c.multiply(b!).multiply(a!.power(lowered)), c.multiply(y).multiply(positive.log())]
}
