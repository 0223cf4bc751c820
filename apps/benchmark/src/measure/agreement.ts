import type { Result } from '../libraries/library.ts'

/**
 * How the results of consecutive runs differ from those of another library, as text; undefined if they agree: no two numbers of a
 * result differ by more than `tolerance` times the largest of its expected numbers.
 */
export function findDifference(
  results: readonly Result[],
  expected: readonly Result[],
  tolerance: number,
): string | undefined {
  if (results.length !== expected.length) return `${results.length} results instead of ${expected.length}`
  for (const [run, result] of results.entries()) {
    const difference = differenceOf(numbersOf(result), numbersOf(expected[run]!), tolerance)
    if (difference !== undefined) return `run ${run + 1}: ${difference}`
  }
  return undefined
}

function differenceOf(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): string | undefined {
  if (found.length !== expected.length) return `${found.length} numbers instead of ${expected.length}`
  let largest = 0
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]!))
  for (let i = 0; i < expected.length; i++)
    // Written so that NaN differs from everything.
    if (!(Math.abs(found[i]! - expected[i]!) <= tolerance * largest)) {
      const place = expected.length === 1 ? '' : ` at place ${i}`
      return `${found[i]} instead of ${expected[i]}${place}`
    }
  return undefined
}

function numbersOf(result: Result): ArrayLike<number> {
  return typeof result === 'number' ? [result] : result
}
