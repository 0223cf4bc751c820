import type { DType, TypedArray } from '../kernel/index.ts'
import type { Tolerance } from './tolerance.ts'

/** Tolerance for every element, or one per element. */
export type Tolerances = Tolerance | readonly Tolerance[]

/** Distance between a number and the next one of its dtype. */
export function unitInLastPlace(value: number, dtype: DType): number {
  if (dtype !== 'float32' && dtype !== 'float64') return 1
  const [digits, smallest] = dtype === 'float32' ? [23, -126] : [52, -1022]
  if (value === 0 || !Number.isFinite(value)) return 2 ** (smallest - digits)
  return 2 ** (Math.max(exponentOf(value), smallest) - digits)
}

// log2 rounds up just below powers of two.
function exponentOf(value: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(value)))
  return 2 ** exponent > Math.abs(value) ? exponent - 1 : exponent
}

/** Whether a result is as good as the expected one. */
export function agrees(actual: number, expected: number, dtype: DType, tolerance: Tolerance): boolean {
  if (Object.is(actual, expected)) return true
  if (Number.isNaN(actual) || Number.isNaN(expected)) return false
  if (actual === expected) return tolerance.signOfZero !== true
  if (!Number.isFinite(expected)) return false
  const allowed = tolerance.ulps * unitInLastPlace(expected, dtype) + tolerance.absolute
  // At the edge of the range the tolerance may reach what rounds to infinity.
  if (!Number.isFinite(actual))
    return Math.sign(actual) === Math.sign(expected) && Math.abs(expected) + allowed > largest(dtype)
  return Math.abs(actual - expected) <= allowed
}

function largest(dtype: DType): number {
  return dtype === 'float32' ? (2 - 2 ** -23) * 2 ** 127 : Number.MAX_VALUE
}

/** Sentences about the first elements that do not agree; none if all do. */
export function differences(
  name: string,
  actual: TypedArray,
  expected: TypedArray,
  { dtype, tolerance }: { readonly dtype: DType; readonly tolerance: Tolerances },
): readonly string[] {
  if (actual.constructor !== expected.constructor)
    return [`${name}: is a ${actual.constructor.name}, expected a ${expected.constructor.name}`]
  if (actual.length !== expected.length) return [`${name}: has ${actual.length} elements, expected ${expected.length}`]
  const wrong: number[] = []
  for (let i = 0; i < expected.length; i++) {
    const own = 'ulps' in tolerance ? tolerance : tolerance[i]!
    if (!agrees(actual[i]!, expected[i]!, dtype, own)) wrong.push(i)
  }
  if (wrong.length === 0) return []
  const examples = wrong.slice(0, 3).map((i) => `[${i}] is ${show(actual[i]!)}, expected ${show(expected[i]!)}`)
  return [`${name}: ${wrong.length} of ${expected.length} elements are off: ${examples.join('; ')}`]
}

function show(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
