import { createColors } from 'picocolors'
import { expect, test } from 'vitest'
import { planePicture } from './plane-picture.ts'

const grid = { from: -1, to: 1, columns: 3, rows: 3 }
const outputs = [0.9, 0.2, 0.2, 0.9, 0.2, 0.2, 0.9, 0.2, 0.2]
const points = [
  { x: -1, y: 1, label: 1 },
  { x: 1, y: -1, label: 0 },
  { x: 5, y: 0, label: 0 },
] as const

test('points are marked by their class; those outside are left out', () => {
  expect(planePicture(grid, outputs, points, createColors(false))).toEqual(['+··', '#··', '#·o'])
})

test('in colour each character has that of its class', () => {
  const { bold, dim, blue, yellow } = createColors(true)
  const [first] = planePicture(grid, outputs, points, createColors(true))
  expect(first).toBe(bold(yellow('+')) + dim(blue('·')) + dim(blue('·')))
})
