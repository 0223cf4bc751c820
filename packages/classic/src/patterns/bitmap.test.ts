import { describe, expect, it } from 'vitest'
import { bitmap, showBitmap } from './bitmap.ts'
import { digitPatterns, digitWidth } from './digits.ts'
import { letterPatterns, letterWidth } from './letters.ts'
import { flipBits, randomPatterns } from './noise.ts'

it('reads rows, separated by | or line breaks, with repetitions', () => {
  expect([...bitmap('#. x2 | .#')]).toEqual([1, -1, 1, -1, -1, 1])
  expect([...bitmap('\n  #.\n  .#\n', { binary: true })]).toEqual([1, 0, 0, 1])
  expect(() => bitmap('#. | #')).toThrow('row 1 has 1 pixels, the first one 2')
  expect(() => bitmap('#o')).toThrow('a row is made of # and .')
})

it('shows what it read', () => {
  expect(showBitmap(bitmap('#.. | .##'), 3)).toBe('#..\n.##')
  expect(() => showBitmap([1, 1, 1], 2)).toThrow('3 pixels do not make rows of 2')
})

it('the teaching pictures have their sizes', () => {
  for (const { pattern } of digitPatterns()) expect(pattern).toHaveLength(12 * digitWidth)
  const pixels = letterPatterns().map(({ pattern }) => pattern.reduce((sum, pixel) => sum + pixel, 0))
  expect(pixels).toEqual([22, 29, 20, 19, 19, 19])
  for (const { pattern } of letterPatterns()) expect(pattern).toHaveLength(8 * letterWidth)
})

describe('noise', () => {
  it('flips the share of bits that it is told, the same for the same seed', () => {
    const pattern = randomPatterns(1, 10_000, { seed: 5 })[0]!
    const noisy = flipBits(pattern, 0.25, { seed: 1 })
    expect(noisy.filter((value, i) => value !== pattern[i]).length / 10_000).toBeCloseTo(0.25, 1)
    expect(flipBits(pattern, 0.25, { seed: 1 })).toEqual(noisy)
    expect(flipBits(pattern, 0, { seed: 1 })).toEqual(pattern)
    expect(flipBits(pattern, 1)).toEqual(pattern.map((value) => -value))
    expect(() => flipBits(pattern, 1.1)).toThrow('probability is 1.1; it must lie between 0 and 1')
  })
})
