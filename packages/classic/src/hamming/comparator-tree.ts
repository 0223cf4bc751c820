import { type Pattern, readPattern } from '../patterns/pattern.ts'

export interface ComparatorTreeResult {
  readonly winner: number
  /** The nodes that are left after every level, the inputs first: ⌈log₂ M⌉ + 1 lists. */
  readonly levels: readonly (readonly number[])[]
}

/**
 * The largest of M inputs by a binary tree of comparators of two, ⌈log₂ M⌉ levels deep: the alternative to MAXNET of Lippmann 1987.
 * The first of equal ones wins.
 */
export function comparatorTree(inputs: Pattern): ComparatorTreeResult {
  const values = readPattern('comparatorTree', inputs, 'real', undefined)
  if (values.length === 0) throw new RangeError('comparatorTree: there is no input; at least one is needed.')
  const levels = [[...values.keys()]]
  for (let level = levels[0]!; level.length > 1; levels.push(level)) {
    const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => level.slice(2 * i, 2 * i + 2))
    level = pairs.map(([first, second]) =>
      second !== undefined && values[second]! > values[first!]! ? second : first!,
    )
  }
  return { winner: levels.at(-1)![0]!, levels }
}
