import { createColors } from 'picocolors'
import { expect, test } from 'vitest'
import { curves } from './curves.ts'

const falling = { name: 'SGD', values: Array.from({ length: 200 }, (_, i) => 1 - i / 199) }
const level = { name: 'Splendid', values: [0.5, 0.5] }
const options = { along: 'epoch', last: 200 }

test('each curve is drawn with a letter of its own, from its first value to its last', () => {
  const [legend, ...lines] = curves([falling, level], options, createColors(false))
  expect(legend).toBe('S SGD   P Splendid')
  const rows = lines
    .filter((line) => line.includes('┤') || line.includes('│'))
    .map((line) => line.replace(/^.*?[┤│]/, ''))
  expect(rows[0]).toMatch(/^S/)
  expect(rows.at(-1)).toMatch(/S$/)
  expect(rows.join('').match(/S/g)!.length).toBeGreaterThan(50)
  // Two values become a line; where it crosses the other, the later one is seen.
  expect(rows.join('').match(/P/g)).toHaveLength(60)
  expect(lines.at(-1)).toMatch(/^ +0 +epoch 200$/)
})

test('what is above the highest is drawn there', () => {
  const lines = curves([falling], { ...options, highest: 0.5 }, createColors(false))
  const top = lines.find((line) => line.includes('┤'))!
  expect(top).toMatch(/^ *0\.5┤S{28,32}$/)
})

test('in colour the letters of a curve share one', () => {
  const { cyan } = createColors(true)
  const [legend, ...lines] = curves([falling], options, createColors(true))
  expect(legend).toBe(cyan('S SGD'))
  expect(lines.join('')).toContain(cyan('S'))
})
