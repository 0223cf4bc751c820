// Where in the plane a classifier says one thing and where the other, with the points that it learnt from.

import type { createColors } from 'picocolors'
import { decisionRegion, type Grid, type Mark } from './decision-region.ts'

export type Colors = ReturnType<typeof createColors>

/** Characters of the two classes of points: what is outside, and what is inside. */
const classMarks = ['o', '+'] as const

export interface LabelledPoint {
  readonly x: number
  readonly y: number
  readonly label: 0 | 1
}

/**
 * The plane as text: `#` where `outputs` (one for each point of the grid) are above one half, `·` where not, and the points
 * as `o` and `+` on top. In colour, blue and yellow are the two classes.
 */
export function planePicture(
  grid: Grid,
  outputs: ArrayLike<number>,
  points: readonly LabelledPoint[],
  colors: Colors,
): string[] {
  const marks: Mark[] = points
    .filter(({ x, y }) => Math.min(x, y) >= grid.from && Math.max(x, y) <= grid.to)
    .map(({ x, y, label }) => ({ x, y, character: classMarks[label] }))
  const paints: Readonly<Record<string, (character: string) => string>> = {
    '·': (character) => colors.dim(colors.blue(character)),
    '#': (character) => colors.dim(colors.yellow(character)),
    [classMarks[0]]: (character) => colors.bold(colors.blue(character)),
    [classMarks[1]]: (character) => colors.bold(colors.yellow(character)),
  }
  return decisionRegion(grid, outputs, marks).map((line) =>
    Array.from(line, (character) => paints[character]?.(character) ?? character).join(''),
  )
}
