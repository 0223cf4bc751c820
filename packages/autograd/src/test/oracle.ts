// PyTorch's recorded cases: `../shared/oracle` beside the repository, in the format of its README.

import { existsSync, readFileSync } from 'node:fs'
import { type DType, type Tensor, tensor } from '@neurite/tensor'
import { expect } from 'vitest'
import type { Attributes } from './operations.ts'

const folder = new URL('../../../../../shared/oracle/', import.meta.url)

export const oracleIsPresent: boolean = existsSync(folder)

export interface RecordedTensor {
  readonly shape: readonly number[]
  readonly dtype: DType
  /** Row-major; numbers that JSON lacks are strings. */
  readonly data: readonly (number | string)[]
}

export type RecordedInput = RecordedTensor | readonly RecordedTensor[] | number
export type Recorded<T = RecordedTensor> = Readonly<Record<string, T>>

export interface OracleCase {
  readonly name: string
  readonly kind: string
  readonly op: string
  readonly attrs: Attributes
  readonly inputs: Recorded<RecordedInput>
  readonly cotangents?: Recorded
  readonly vectors?: Recorded
  readonly order?: number
  readonly expected: {
    readonly grads?: Recorded<RecordedTensor | readonly RecordedTensor[]>
    readonly hvp?: Recorded
    readonly penalty_grads?: Recorded
    readonly jvp?: Recorded
    readonly derivative?: RecordedTensor
    readonly hessian?: RecordedTensor
    readonly jacobian?: RecordedTensor
  }
  readonly tolerance: { readonly abs: number; readonly rel: number }
}

export function casesOf(group: string): OracleCase[] {
  return (JSON.parse(readFileSync(new URL(`${group}.json`, folder), 'utf8')) as { cases: OracleCase[] }).cases
}

export function toTensor({ shape, dtype, data }: RecordedTensor): Tensor {
  return tensor(data.map(Number), { shape, dtype })
}

/** Compares as the recordings' README says. */
export function expectRecorded(actual: Tensor, recorded: RecordedTensor, { abs, rel }: OracleCase['tolerance']): void {
  expect(actual.shape).toEqual(recorded.shape)
  expect(actual.dtype).toBe(recorded.dtype)
  const wanted = recorded.data.map(Number)
  const found = [...actual.dataSync()]
  const scale = Math.min(1, Math.max(1e-3, ...wanted.filter(Number.isFinite).map(Math.abs)))
  const wrong = wanted.flatMap((value, i) => {
    const agrees = Object.is(found[i], value) || Math.abs(found[i]! - value) <= abs * scale + rel * Math.abs(value)
    return agrees ? [] : [{ at: i, found: found[i], value }]
  })
  expect(wrong).toEqual([])
}
