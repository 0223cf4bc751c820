import { expect, test } from 'vitest'
import { skeletons } from './skeletons.ts'

const ways = Object.entries(skeletons()).flatMap(([digit, ways]) => ways.map((strokes, i) => ({ digit, i, strokes })))

test('every digit can be written in at least four ways', () => {
  for (const ways of Object.values(skeletons())) expect(ways.length).toBeGreaterThanOrEqual(4)
})

test.each(ways)('way $i of digit $digit lies in the unit square and fills its height', ({ strokes }) => {
  const points = strokes.flat()
  const ys = points.map(([, y]) => y)
  for (const [x, y] of points) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x).toBeLessThanOrEqual(1)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y).toBeLessThanOrEqual(1)
  }
  expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(0.85)
})

test.each(ways)('no two points in a row of way $i of digit $digit coincide', ({ strokes }) => {
  for (const stroke of strokes)
    for (let i = 1; i < stroke.length; i++)
      expect(Math.hypot(stroke[i]![0] - stroke[i - 1]![0], stroke[i]![1] - stroke[i - 1]![1])).toBeGreaterThan(0.05)
})
