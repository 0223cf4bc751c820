import { expect, test } from 'vitest'
import { type Result, showResults, verdictOn } from './results.ts'
import type { DataSet } from './sets/data-set.ts'

const set: DataSet = {
  ...{ file: 'a.csv', net: 'MLP', measure: 'accuracy', seeds: 2 },
  run: () => Promise.reject(new Error('not to be run')),
}
const reference = { mean: 0.95, lowest: 0.94, highest: 0.96, testRows: 50 }
const result = (figures: readonly number[], of?: typeof reference): Result => ({
  ...{ set, seconds: 3, reference: of },
  outcomes: figures.map((figure) => ({ figure, trainingRows: 100, testRows: 50 })),
})

test('the mean over the seeds is held against the bar', () => {
  expect(verdictOn(result([0.9, 0.92], reference))).toBe('inside')
  expect(verdictOn(result([0.9, 0.91], reference))).toBe('outside')
  expect(verdictOn(result([0.9]))).toBeUndefined()
})

test('the table has a row for each result', () => {
  const [, , row, other] = showResults([result([0.9, 0.94], reference), result([0.9])])
  expect(row).toBe(
    '| a.csv | MLP | 100        | 50        | accuracy | 0.9200 (0.9000–0.9400) | 0.9500 (0.9400–0.9600) | 0.9100 | inside  | 1.5     |',
  )
  expect(other).toContain('| -                      | -      | -       |')
})
