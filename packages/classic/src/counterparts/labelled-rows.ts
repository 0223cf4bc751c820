import { type Rows, rowOf } from '../patterns/pattern.ts'

/**
 * The classes of rows: whole numbers from 0.
 * @throws RangeError if there is not one for each row, or one is not such a number.
 */
export function readClasses(where: string, rows: Rows, classes: ArrayLike<number>): number[] {
  if (classes.length !== rows.count)
    throw new RangeError(`${where}: ${classes.length} classes for ${rows.count} patterns; every pattern needs one.`)
  const all = Array.from(classes)
  const odd = all.findIndex((of) => !Number.isInteger(of) || of < 0)
  if (odd >= 0) throw new RangeError(`${where}: class ${odd} is ${all[odd]}; classes are whole numbers from 0.`)
  return all
}

/**
 * The rows of each class, from class 0 to the last.
 * @throws RangeError as `readClasses`, or if a class has no rows.
 */
export function groupByClass(where: string, rows: Rows, classes: ArrayLike<number>): Float64Array[][] {
  const all = readClasses(where, rows, classes)
  const groups: Float64Array[][] = Array.from({ length: Math.max(...all) + 1 }, () => [])
  all.forEach((of, row) => {
    groups[of]!.push(rowOf(rows, row))
  })
  const empty = groups.findIndex(({ length }) => length === 0)
  if (empty >= 0)
    throw new RangeError(`${where}: class ${empty} has no pattern; every class from 0 to the last needs some.`)
  return groups
}
