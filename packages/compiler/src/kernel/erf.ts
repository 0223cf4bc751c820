/**
 * Gauss error function 2/√π · ∫₀ˣ e⁻ᵗ² dt, to about 1e-15.
 *
 * Near zero the series erf(x) = 2/√π · e⁻ˣ² · Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!, whose terms all have one sign; beyond, the continued
 * fraction of its complement (Abramowitz & Stegun 1964, 7.1.6 and 7.1.14).
 */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < 2.5) return series(x)
  // From 6 on the complement is less than half a unit in the last place of 1.
  return size < 6 ? Math.sign(x) * (1 - complement(size)) : Math.sign(x)
}

function series(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

// √π · e^x² · erfc(x) = 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …))))
function complement(x: number): number {
  let tail = x
  // 40 levels suffice at 2.5, the slowest place.
  for (let level = 40; level > 0; level--) tail = x + level / 2 / tail
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail)
}
