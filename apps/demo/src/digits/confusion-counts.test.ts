import { expect, test } from 'vitest'
import { accuracyOf, confusionMatrix } from './confusion-counts.ts'

const counts = confusionMatrix([0, 0, 1, 2, 2, 2], Int32Array.of(0, 1, 1, 2, 2, 0), 3)

test('pairs of label and answer are counted', () => {
  expect(counts).toEqual([
    [1, 1, 0],
    [0, 1, 0],
    [1, 0, 2],
  ])
})

test('accuracy is the share on the diagonal', () => {
  expect(accuracyOf(counts)).toBeCloseTo(4 / 6, 12)
})
