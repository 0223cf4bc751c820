import type { Measurement } from './measurement.ts'
import { showValue, significant, titles } from './show.ts'

/**
 * All measurements side by side: a row for each workload and metric, a column for each library, behind each peer's value how many times
 * better the first library is. What failed, or is not quite the same work, has a number in the table that a note below explains.
 */
export function renderTable(measurements: readonly Measurement[]): string {
  const libraries = [...new Set(measurements.map(({ library }) => library))]
  const firsts = measurements.filter(({ library }) => library === libraries[0])
  const notes: string[] = []
  const rows = firsts.map(({ workload, metric }) => [
    workload,
    titles[metric],
    ...libraries.map((library) => {
      const found = measurements.find(
        (measurement) =>
          measurement.workload === workload && measurement.metric === metric && measurement.library === library,
      )
      return cellOf(found, notes)
    }),
  ])
  const numbered = notes.map((note, i) => `[${i + 1}] ${note}`)
  return [
    ...alignColumns([['workload', '', ...libraries], ...rows]),
    ...(notes.length > 0 ? ['', ...numbered] : []),
  ].join('\n')
}

function cellOf(measurement: Measurement | undefined, notes: string[]): string {
  if (measurement === undefined) return ''
  const { library, value, unit, ratio, error, differs } = measurement
  if (value === null) return `fails ${noted(`${library}: ${error}`, notes)}`
  const compared = ratio === undefined ? '' : ` ${significant(ratio)}×`
  const other = differs === undefined ? '' : ` ${noted(`${library} does other work: ${differs}`, notes)}`
  return showValue(value, unit) + compared + other
}

/** The number of a note, which is added where it is new. */
function noted(note: string, notes: string[]): string {
  const known = notes.indexOf(note)
  return `[${known < 0 ? notes.push(note) : known + 1}]`
}

/** The first two columns stand left, the others right, two spaces apart. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
}
