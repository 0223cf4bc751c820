// Arithmetic on vectors of float64, in which the two-loop recursion needs its digits.

export function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}

/** a + factor · b. */
export function plusMultiple(a: Float64Array, factor: number, b: Float64Array): Float64Array {
  return a.map((value, i) => value + factor * b[i]!)
}

export function scaled(a: Float64Array, factor: number): Float64Array {
  return a.map((value) => factor * value)
}

/** The largest size of an element. */
export function largest(a: Float64Array): number {
  return a.reduce((size, value) => Math.max(size, Math.abs(value)), 0)
}
