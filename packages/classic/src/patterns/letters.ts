import { bitmap } from './bitmap.ts'
import type { NamedPattern } from './digits.ts'

/** Pixels in a row of `letterPatterns`; they have 8 rows. */
export const letterWidth = 8

/**
 * C, E, F and three F's with another pixel of the outline missing each, 8 × 8 pixels of 0 and 1: after Lippmann's example for the Carpenter–Grossberg net.
 * The F is no part of the E, else it would score higher on E's exemplar than on a free node and erode it.
 */
export function letterPatterns(): NamedPattern[] {
  return Object.entries(pictures).map(([name, picture]) => ({ name, pattern: bitmap(picture, { binary: true }) }))
}

const pictures = {
  C: '######## | #....... x6 | ########',
  E: '######## | #....... x2 | ######## | #....... x3 | ########',
  F: '######## | #....... x3 | ######.. | #....... x3',
  'F with a gap on the right': '######.# | #....... x3 | ######.. | #....... x3',
  'F with a gap at the top': '###.#### | #....... x3 | ######.. | #....... x3',
  'F with a gap on the left': '######## | #....... x3 | ######.. | #....... | ........ | #.......',
}
