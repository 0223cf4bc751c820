import { existsSync, readFileSync } from 'node:fs'

const folder = new URL('../../../../shared/oracle/', import.meta.url)

/** `tensor(recorded.data, recorded)` is the tensor. */
export interface RecordedTensor {
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32' | 'bool'
  /** Row-major. */
  readonly data: readonly number[]
}

/** A float passes when |actual − expected| ≤ abs · scale + rel · |expected|: see `expectClose`. */
export interface Tolerance {
  readonly abs: number
  readonly rel: number
}

/** What all kinds of cases have; their own fields are added by `Fields`. */
export type Case<Fields = object> = Fields & {
  readonly name: string
  readonly kind: string
  readonly op: string
  // biome-ignore lint/suspicious/noExplicitAny: what attributes are is up to each operation.
  readonly attrs: Readonly<Record<string, any>>
  readonly tolerance: Tolerance
}

/** The cases of a group; undefined where the recordings are absent. */
export function readCases<Fields>(group: string): readonly Case<Fields>[] | undefined {
  const file = new URL(`${group}.json`, folder)
  if (!existsSync(file)) return undefined
  return (JSON.parse(readFileSync(file, 'utf8'), withNumbers) as { cases: readonly Case<Fields>[] }).cases
}

/** Numbers that JSON lacks are strings in the recordings: "NaN", "Infinity", "-Infinity". */
function withNumbers(field: string, value: unknown): unknown {
  return field === 'data' && Array.isArray(value) ? value.map(Number) : value
}
