// Coefficients of the rational approximations, highest power first.
const nearNumerator = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
]
const nearDenominator = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171]
const middleNumerator = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
]
const middleDenominator = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
]

/**
 * Gauss error function 2/√π · ∫₀ˣ e⁻ᵗ² dt, to about 1e-16.
 *
 * x · P(x²)/Q(x²) near zero, 1 − e⁻ˣ² · R(x)/S(x) beyond (Cody 1969, "Rational Chebyshev approximations for the error
 * function").
 */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size <= 0.46875) return (x * polynomial(nearNumerator, x * x)) / polynomial(nearDenominator, x * x)
  // From 6 on the complement is less than half a unit in the last place of 1.
  if (size >= 6) return Math.sign(x)
  // The approximation serves up to 4; from there to 6 the complement is below 2e-8, so that its lower accuracy is not seen.
  const complement = (Math.exp(-x * x) * polynomial(middleNumerator, size)) / polynomial(middleDenominator, size)
  return x < 0 ? complement - 1 : Number.isNaN(x) ? x : 1 - complement
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0
  for (const coefficient of coefficients) value = value * x + coefficient
  return value
}
