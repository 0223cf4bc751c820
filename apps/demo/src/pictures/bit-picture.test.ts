import { createColors } from 'picocolors'
import { expect, test } from 'vitest'
import { bitPictures } from './bit-picture.ts'

const patterns = [
  { pattern: [1, -1, -1, 1], caption: 'before' },
  { pattern: [0, 1, 0, 0], caption: 'after' },
]

test('patterns stand beside each other over their captions', () => {
  expect(bitPictures(patterns, 2, createColors(false))).toEqual(['##··     ··##', '··##     ····', 'before   after'])
})

test('in colour set pixels are bold', () => {
  const colors = createColors(true)
  expect(bitPictures(patterns, 2, colors)[0]).toContain(colors.bold('##'))
})
