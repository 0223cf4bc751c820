import type { Measurement, Metric } from './measurement.ts'

/**
 * All measurements side by side: a row for each workload and metric, a column for each library, the ratio behind each peer. What failed
 * is a number in the table that a note below explains.
 */
export function renderTable(measurements: readonly Measurement[]): string {
  const libraries = [...new Set(measurements.map(({ library }) => library))]
  const firsts = measurements.filter(({ library }) => library === libraries[0])
  const notes: string[] = []
  const cells = firsts.map(({ workload, metric }) => [
    workload,
    titles[metric],
    ...libraries.flatMap((library, position) => {
      const found = measurements.find(
        (measurement) =>
          measurement.workload === workload && measurement.metric === metric && measurement.library === library,
      )
      return position === 0 ? [cellOf(found, notes)] : [cellOf(found, notes), ratioCell(found)]
    }),
  ])
  const header = ['workload', '', ...libraries.flatMap((name, position) => (position === 0 ? [name] : [name, 'ratio']))]
  return [...alignColumns([header, ...cells]), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')
}

const titles: Record<Metric, string> = {
  time: 'time',
  throughput: 'throughput',
  coldStart: 'cold start',
  memory: 'memory',
}

function cellOf(measurement: Measurement | undefined, notes: string[]): string {
  if (measurement === undefined) return ''
  const { library, value, unit, quartiles, error } = measurement
  if (value === null) {
    const note = `${library}: ${error}`
    const known = notes.findIndex((text) => text.endsWith(note))
    if (known < 0) notes.push(`[${notes.length + 1}] ${note}`)
    return `fails [${known < 0 ? notes.length : known + 1}]`
  }
  const spread = quartiles === undefined ? '' : ` ±${Math.round((100 * (quartiles[1] - quartiles[0])) / 2 / value)} %`
  return showValue(value, unit) + spread
}

function ratioCell(measurement: Measurement | undefined): string {
  return measurement?.ratio === undefined ? '' : `${significant(measurement.ratio)}×`
}

function showValue(value: number, unit: string): string {
  if (unit === 'ms' && value < 0.1) return `${significant(1000 * value)} µs`
  return `${significant(value)} ${unit}`
}

/** Three digits, without an exponent. */
function significant(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 })
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
