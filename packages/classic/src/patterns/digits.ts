import { bitmap } from './bitmap.ts'

export interface NamedPattern {
  readonly name: string
  readonly pattern: Float64Array
}

/** Pixels in a row of `digitPatterns`; they have 12 rows. */
export const digitWidth = 10

/**
 * Eight pictures after Lippmann's example for the Hopfield net: 0, 1, 2, 3, 4, 6, 9 and a block, 10 × 12 pixels of −1 and 1.
 * All are fixed points of the net that Hebb's rule makes of them, which readable pictures are not by themselves (`makeStorable`).
 */
export function digitPatterns(): NamedPattern[] {
  return Object.entries(pictures).map(([name, picture]) => ({ name, pattern: bitmap(picture) }))
}

const pictures = {
  '0': '...####... | ..######.. | .###..###. x8 | ..######.. | ...####...',
  '1': '...####... x12',
  '2': '########.. x2 | ......##.. x3 | ########.. x2 | ##........ x3 | ########.. x2',
  '3': '..######.. | ..#######. | .......### x2 | .......##. | ....#####. x2 | .......##. | .......### x2 | ..#######. | ..######..',
  '4': '.##....##. x4 | .########. x2 | .......##. x6',
  '6': '######.... x2 | ##....#... x2 | ##........ | ######.... x2 | ##..##.... x3 | ######.... x2',
  block: '######.... x6 | .......... x6',
  '9': '....###### x2 | ....##.### x3 | ....###### x2 | .......### x3 | ....###### x2',
}
