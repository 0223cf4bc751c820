import { barOf, isInside, type ReferenceResult } from './reference/reference-page.ts'
import type { DataSet, Outcome } from './sets/data-set.ts'

/** What a data set came to over the seeds. */
export interface Result {
  readonly set: DataSet
  readonly outcomes: readonly Outcome[]
  readonly reference: ReferenceResult | undefined
  readonly seconds: number
}

function meanOf(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((sum, { figure }) => sum + figure, 0) / outcomes.length
}

/** 'inside' or 'outside' the reference's widened range; nothing where there is no reference. */
export function verdictOn({ set, outcomes, reference }: Result): 'inside' | 'outside' | undefined {
  if (reference === undefined) return undefined
  return isInside(set.measure, meanOf(outcomes), barOf(set.measure, reference)) ? 'inside' : 'outside'
}

const columns = ['set', 'net', 'trained on', 'tested on', 'measure', 'neurite', 'PyTorch', 'bar', 'verdict', 'seconds']

/** The results as a table in Markdown. */
export function showResults(results: readonly Result[]): string[] {
  const rows = [columns, ...results.map(cellsOf)]
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)]
}

function cellsOf(result: Result): string[] {
  const { set, outcomes, reference, seconds } = result
  const digits = set.measure === 'accuracy' ? 4 : 3
  const figures = outcomes.map(({ figure }) => figure)
  const range = (mean: number, lowest: number, highest: number): string =>
    `${mean.toFixed(digits)} (${lowest.toFixed(digits)}–${highest.toFixed(digits)})`
  return [
    ...[set.file, set.net, `${outcomes[0]!.trainingRows}`, `${outcomes[0]!.testRows}`, set.measure],
    range(meanOf(outcomes), Math.min(...figures), Math.max(...figures)),
    reference === undefined ? '-' : range(reference.mean, reference.lowest, reference.highest),
    reference === undefined ? '-' : barOf(set.measure, reference).toFixed(digits),
    verdictOn(result) ?? '-',
    (seconds / outcomes.length).toFixed(1),
  ]
}
