// PyTorch's recorded cases: `../shared/oracle` beside the repository, in the format of its README.

import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { DType } from '../dtype.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'

const folder = new URL('../../../../../shared/oracle/', import.meta.url)

export const oracleIsPresent: boolean = existsSync(folder)

interface RecordedTensor {
  readonly shape: readonly number[]
  readonly dtype: DType
  readonly data: readonly (number | string)[]
}

export interface OracleCase {
  readonly name: string
  readonly kind: string
  readonly op: string
  readonly attrs: Readonly<Record<string, unknown>>
  readonly inputs: Readonly<Record<string, RecordedTensor | readonly RecordedTensor[] | number>>
  readonly expected: { readonly outputs: Readonly<Record<string, RecordedTensor>> }
  readonly tolerance: { readonly abs: number; readonly rel: number }
}

/** The cases of kind "function" of a group. */
export function functionCases(group: string): OracleCase[] {
  const { cases } = JSON.parse(readFileSync(new URL(`${group}.json`, folder), 'utf8')) as { cases: OracleCase[] }
  return cases.filter(({ kind }) => kind === 'function')
}

/** The inputs of a case, in their order. */
export function inputsOf({ inputs }: OracleCase): (Tensor | Tensor[] | number)[] {
  return Object.values(inputs).map((input) => {
    if (typeof input === 'number') return input
    return isList(input) ? input.map(toTensor) : toTensor(input)
  })
}

/** Checks outputs against the recorded ones, by the README's rule. */
export function expectRecorded(outputs: readonly Tensor[], { expected, tolerance }: OracleCase): void {
  const recorded = Object.values(expected.outputs)
  expect(outputs.length).toBe(recorded.length)
  outputs.forEach((output, i) => {
    expectClose(output, recorded[i]!, tolerance)
  })
}

function expectClose(output: Tensor, recorded: RecordedTensor, tolerance: OracleCase['tolerance']): void {
  expect(output.shape).toEqual(recorded.shape)
  expect(output.dtype).toBe(recorded.dtype)
  const wanted = recorded.data.map(Number)
  const actual = [...output.dataSync()]
  const largest = Math.max(0, ...wanted.filter(Number.isFinite).map(Math.abs))
  const scale = Math.min(1, Math.max(0.001, largest))
  const isFloat = recorded.dtype === 'float32'
  const wrong = wanted.flatMap((value, i) => {
    const found = actual[i]!
    const allowed = isFloat ? tolerance.abs * scale + tolerance.rel * Math.abs(value) : 0
    const agrees = Object.is(found, value) || Math.abs(found - value) <= allowed || (found === value && value === 0)
    return agrees ? [] : [{ at: i, found, value }]
  })
  expect(wrong).toEqual([])
}

function isList(input: RecordedTensor | readonly RecordedTensor[]): input is readonly RecordedTensor[] {
  return Array.isArray(input)
}

function toTensor({ shape, dtype, data }: RecordedTensor): Tensor {
  return tensor(data.map(Number), { shape, dtype })
}
