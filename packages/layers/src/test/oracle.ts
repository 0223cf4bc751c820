// PyTorch's recorded cases for tests: ../shared/oracle beside the repository, whose README describes the format.

import { existsSync, readFileSync } from 'node:fs'
import { type DType, type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'

const folder = new URL('../../../../../shared/oracle/', import.meta.url)

export interface RecordedTensor {
  readonly shape: readonly number[]
  readonly dtype: DType
  /** Row-major; numbers that JSON lacks are strings. */
  readonly data: readonly (number | string)[]
}

export interface Tolerance {
  readonly abs: number
  readonly rel: number
}

/** What all kinds of cases have; their own fields are added by `Fields`. */
export type Case<Fields = object> = Fields & {
  readonly name: string
  readonly op: string
  // biome-ignore lint/suspicious/noExplicitAny: what attributes are is up to each operation.
  readonly attrs: Readonly<Record<string, any>>
  readonly tolerance: Tolerance
}

/** One test for each recorded case of `group` that is `chosen`; where the recordings are absent, one that is skipped and says so. */
export function testRecorded<Fields>(
  group: string,
  chosen: (recorded: Case<Fields>) => boolean,
  check: (recorded: Case<Fields>) => Promise<void>,
): void {
  const file = new URL(`${group}.json`, folder)
  if (!existsSync(file)) {
    test.skip(`${group} as PyTorch recorded them: ../shared/oracle is absent`, () => {})
    return
  }
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case<Fields>[] }
  describe(`${group} as PyTorch recorded them`, () => {
    test.each(cases.filter(chosen).map((recorded) => [recorded.name, recorded] as const))('%s', (_, recorded) =>
      check(recorded),
    )
  })
}

export function toTensor({ shape, dtype, data }: RecordedTensor): Tensor {
  return tensor(dtype === 'float32' ? Float32Array.from(data, Number) : Int32Array.from(data, Number), { shape, dtype })
}

/** Compares as the recordings' README says. */
export async function expectClose(actual: Tensor, expected: RecordedTensor, { abs, rel }: Tolerance): Promise<void> {
  expect(actual.shape).toEqual(expected.shape)
  expect(actual.dtype).toBe(expected.dtype)
  const wanted = expected.data.map(Number)
  const found = await actual.data()
  const scale = Math.min(1, Math.max(1e-3, ...wanted.filter(Number.isFinite).map(Math.abs)))
  wanted.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      expect(found[i], `element ${i}`).toBe(value)
      return
    }
    const error = Math.abs(found[i]! - value)
    expect(error, `element ${i}: ${found[i]} instead of ${value}`).toBeLessThanOrEqual(
      abs * scale + rel * Math.abs(value),
    )
  })
}
