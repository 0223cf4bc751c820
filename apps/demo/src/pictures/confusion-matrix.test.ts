import { expect, test } from 'vitest'
import { accuracyOf, confusionMatrix, showConfusionMatrix } from './confusion-matrix.ts'

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

test('the text has a row for each class, dots for zeros and the share recognised', () => {
  expect(showConfusionMatrix(counts)).toEqual([
    '  true \\ answer    0   1   2    right',
    '       0           1   1   ·   50.0 %',
    '       1           ·   1   ·  100.0 %',
    '       2           1   ·   2   66.7 %',
  ])
})

test('a class without examples has no share', () => {
  expect(showConfusionMatrix(confusionMatrix([0], [0], 2))[2]).toMatch(/-$/)
})
