import { expect, test } from 'vitest'
import { decisionRegion, gridPoints } from './decision-region.ts'

const grid = { from: -1, to: 1, columns: 5, rows: 3 }

test('grid points run from the top left to the bottom right', () => {
  const points = [...gridPoints(grid)]
  expect(points).toHaveLength(30)
  expect(points.slice(0, 4)).toEqual([-1, 1, -0.5, 1])
  expect(points.slice(-2)).toEqual([1, -1])
  expect(points.slice(14, 16)).toEqual([0, 0])
})

test('the region above one half is drawn where the points lie, and marks on top', () => {
  const points = gridPoints(grid)
  const outputs = Array.from({ length: 15 }, (_, i) => (points[2 * i]! + points[2 * i + 1]! > 0 ? 0.9 : 0.5))
  const marks = [
    { x: -1, y: 1, character: 'A' },
    { x: 0.5, y: -1, character: 'B' },
  ]
  expect(decisionRegion(grid, outputs, marks)).toEqual(['A####', '···##', '···B·'])
})
