import type { TypedArray } from '@neurite/tensor'

/** ∛ε: where the error of central differences, of order h², meets that of rounding, of order ε / h. */
export const defaultStep: number = Math.cbrt(Number.EPSILON)

/** (f(x + h·v) − f(x − h·v)) / 2h of every element of f. */
export function directionalDifference(f: (factor: number) => TypedArray, step: number): Float64Array {
  const after = f(step)
  const before = f(-step)
  return Float64Array.from(after, (value, i) => (value - before[i]!) / (2 * step))
}

/** The derivatives of a scalar by each element of a displacement; the step grows with elements of `at` above 1. */
export function finiteDifferences(
  f: (displacement: Float64Array) => TypedArray,
  at: TypedArray,
  step: number,
): Float64Array {
  const displacement = new Float64Array(at.length)
  return displacement.map((_, i) => {
    const along = (factor: number): TypedArray => f(displacement.with(i, factor))
    return directionalDifference(along, step * Math.max(1, Math.abs(at[i]!)))[0]!
  })
}
