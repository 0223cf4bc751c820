// One case: everything that it expects is computed at once and compared.

import { evaluate } from '@neurite/tensor'
import { differenceBetween } from './compare.ts'
import type { RecordedCase } from './format/recorded.ts'
import type { TensorReader } from './format/tensors.ts'
import { kinds } from './kinds/index.ts'
import { MissingWordError, UnknownWordError } from './vocabulary/operation.ts'

export type Verdict =
  | { readonly kind: 'passed' }
  /** The vocabulary does not contain what the case asks for. */
  | { readonly kind: 'skipped'; readonly why: string }
  /** What differs from the recording, line by line; or the error that was thrown. `isMissing`: neurite lacks what the case asks for. */
  | { readonly kind: 'failed'; readonly differences: readonly string[]; readonly isMissing?: true }

export async function runCase(recorded: RecordedCase, reader: TensorReader): Promise<Verdict> {
  try {
    const differences = await differencesOf(recorded, reader)
    return differences.length === 0 ? { kind: 'passed' } : { kind: 'failed', differences }
  } catch (error) {
    if (error instanceof UnknownWordError) return { kind: 'skipped', why: error.message }
    const differences = [error instanceof Error ? error.message : String(error)]
    return error instanceof MissingWordError
      ? { kind: 'failed', differences, isMissing: true }
      : { kind: 'failed', differences }
  }
}

async function differencesOf(recorded: RecordedCase, reader: TensorReader): Promise<readonly string[]> {
  if (!Object.hasOwn(kinds, recorded.kind)) throw new UnknownWordError(`There are no cases of kind ${recorded.kind}.`)
  const comparisons = await kinds[recorded.kind]!(recorded, reader)
  await evaluate(comparisons.map(({ actual }) => actual))
  const differences: string[] = []
  for (const { what, actual, expected, tolerance } of comparisons) {
    const computed = { shape: actual.shape, dtype: actual.dtype, data: await actual.data() }
    const difference = differenceBetween(computed, expected, tolerance)
    if (difference !== undefined) differences.push(`${what}: ${difference}`)
  }
  return differences
}
