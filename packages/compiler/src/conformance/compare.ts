import type { TypedArray } from '../kernel/index.ts'
import { unknown } from './error/operation-error.ts'

/** Whether a result is within the error that the expected one allows. */
export function agrees(actual: number, expected: number, error: number): boolean {
  if (Object.is(actual, expected) || error === unknown) return true
  // The two zeros: only an exact one has its sign.
  if (actual === expected) return error > 0
  return Math.abs(actual - expected) <= error
}

/** Sentences about the first elements that do not agree; none if all do. */
export function differences(
  name: string,
  actual: TypedArray,
  expected: TypedArray,
  errors: ArrayLike<number>,
): readonly string[] {
  if (actual.constructor !== expected.constructor)
    return [`${name}: is a ${actual.constructor.name}, expected a ${expected.constructor.name}`]
  if (actual.length !== expected.length) return [`${name}: has ${actual.length} elements, expected ${expected.length}`]
  const wrong: number[] = []
  for (let i = 0; i < expected.length; i++) if (!agrees(actual[i]!, expected[i]!, errors[i]!)) wrong.push(i)
  if (wrong.length === 0) return []
  const examples = wrong
    .slice(0, 3)
    .map((i) => `[${i}] is ${show(actual[i]!)}, expected ${show(expected[i]!)}${within(errors[i]!)}`)
  return [`${name}: ${wrong.length} of ${expected.length} elements are off: ${examples.join('; ')}`]
}

function show(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

function within(error: number): string {
  return error > Number.MIN_VALUE ? ` ± ${error.toPrecision(2)}` : ''
}
