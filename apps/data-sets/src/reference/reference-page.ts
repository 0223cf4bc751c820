// What PyTorch reached, as the reference page has it in a table.

import type { DataSet, Measure } from '../sets/data-set.ts'

export interface ReferenceResult {
  readonly mean: number
  readonly lowest: number
  readonly highest: number
  readonly testRows: number
}

/** The rows of the page's table, each as its cells. */
export function readRows(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[ |:-]+\|$/.test(line.trim()))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

/**
 * The row of a data set; undefined if it has none.
 *
 * Where figures of visible and held-out rows stand side by side, "0.9393 (0.9370–0.9430) / 0.9360 (0.9345–0.9370)", `isHeldOut` chooses.
 * @throws Error if the row is not as expected.
 */
export function referenceFor(
  { file, net, measure }: DataSet,
  rows: readonly string[][],
  isHeldOut: boolean,
): ReferenceResult | undefined {
  const row = rows.find(([set, settings]) => set === file && settings?.includes(net))
  if (row === undefined) return undefined
  const [, , , testRows = '', result = ''] = row
  const results = [...result.matchAll(/(\d+\.\d+) \((\d+\.\d+)–(\d+\.\d+)\)/g)].map((found) =>
    found.slice(1).map(Number),
  )
  const figures = results[isHeldOut ? results.length - 1 : 0]
  if (figures === undefined || !result.startsWith(measure))
    throw new Error(`The reference page says of ${file}: “${result}”; expected is “${measure} mean (lowest–highest)”.`)
  const counts = testRows.match(/[\d,]+/g)?.map((count) => Number(count.replace(/,/g, ''))) ?? []
  const [mean, lowest, highest] = figures as [number, number, number]
  return { mean, lowest, highest, testRows: counts[isHeldOut ? counts.length - 1 : 0] ?? Number.NaN }
}

/**
 * The page's range, widened as it says: "the lowest figure less one percentage point for sets with more than 300 test rows, less three for
 * the smaller ones; for losses, the highest plus 0.03".
 * @returns the worst figure that is still inside.
 */
export function barOf(measure: Measure, { lowest, highest, testRows }: ReferenceResult): number {
  if (measure === 'nats') return highest + 0.03
  return lowest - (testRows > 300 ? 0.01 : 0.03)
}

export function isInside(measure: Measure, figure: number, bar: number): boolean {
  return measure === 'nats' ? figure <= bar : figure >= bar
}
