import type { Tensor } from '../../tensor.ts'

/** A polynomial with the given coefficients, highest power first (Horner's rule). */
export function polynomial(x: Tensor, coefficients: readonly number[]): Tensor {
  const [first = 0, second = 0, ...rest] = coefficients
  // Begun at the second coefficient: a constant has no shape of its own.
  return rest.reduce((value, coefficient) => value.multiply(x).add(coefficient), x.multiply(first).add(second))
}
