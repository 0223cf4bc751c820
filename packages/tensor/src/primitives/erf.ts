/**
 * Gauss error function 2/√π · ∫₀ˣ e⁻ᵗ² dt, to about 2e-16: by its Maclaurin series near zero, beyond by its complement.
 */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < 1) return nearZero(x)
  // From 6 on the complement is less than half a unit in the last place of 1.
  if (size < 6) return Math.sign(x) * (1 - complement(size))
  return Math.sign(x)
}

// 2/√π · x · Σ (−x²)ⁿ / (n! (2n + 1)), the last term first; what follows is below 1e-17.
function nearZero(x: number): number {
  let sum = 0
  for (let n = 18; n >= 0; n--) sum = 1 / (2 * n + 1) - ((x * x) / (n + 1)) * sum
  return (2 / Math.sqrt(Math.PI)) * x * sum
}

// The trapezoidal rule with steps of 1/2 for x/π · e⁻ˣ² · ∫ e⁻ᵗ²/(t² + x²) dt, whose error is known but for less than 1e-17
// (Chiarella & Reichel 1968, "On the evaluation of integrals related to the error function").
function complement(x: number): number {
  let sum = 1 / (2 * x * x)
  for (let t = 6.5; t > 0; t -= 0.5) sum += Math.exp(-t * t) / (t * t + x * x)
  return (x / Math.PI) * Math.exp(-x * x) * sum - 2 / Math.expm1(4 * Math.PI * x)
}
