import { expect, test } from 'vitest'
import { formatConfusionMatrix } from './index.ts'

test('a line for each true class, with what was recognised of it', () => {
  const lines = formatConfusionMatrix(
    [
      [8, 2, 0],
      [0, 5, 0],
      [0, 0, 0],
    ],
    { labels: ['cat', 'dog', 'cow'] },
  )
  expect(lines).toEqual([
    'true \\ predicted  cat  dog  cow    right',
    '             cat    8    2    ·   80.0 %',
    '             dog    ·    5    ·  100.0 %',
    '             cow    ·    ·    ·        -',
  ])
})

test('without names classes have their numbers', () => {
  expect(formatConfusionMatrix([[1]])[0]).toBe('true \\ predicted   0    right')
  expect(() => formatConfusionMatrix([[1]], { labels: [] })).toThrow('0 labels for 1 classes')
})
