import { expect, test } from 'vitest'
import { netPicture } from './net-picture.ts'

test('the nodes of a grid are drawn where they lie, with their neighbours joined', () => {
  const lines = netPicture([-1, 1, 1, 1, -1, -1, 1, -1], 2)
  expect(lines).toHaveLength(23)
  expect(lines.join('').match(/o/g)).toHaveLength(4)
  expect(lines[1]).toMatch(/^ o[ ·]+o$/)
  expect(lines[1]).toContain('·')
  expect(lines[11]!.trim()).toMatch(/^· +·$/)
})

test('what lies outside is left out', () => {
  expect(netPicture([5, 5], 1).join('')).toBe('')
})
