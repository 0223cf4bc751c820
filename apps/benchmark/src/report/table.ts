import type { Workload } from '../workloads/workload.ts'
import { type Measurement, type Metric, metrics } from './measurement.ts'
import { showValue, significant, titles } from './show.ts'

/**
 * A block for each workload: a row for each library, a column for each metric, behind each peer's value how many times better the first
 * library is. What failed, or is not quite the same work, says so in its row.
 */
export function renderTable(measurements: readonly Measurement[], workloads: readonly Workload[]): string {
  const blocks = workloads.flatMap(({ name, summary }) => {
    const own = measurements.filter(({ workload }) => workload === name)
    return own.length === 0 ? [] : [`${name}: ${summary}\n${block(own)}`]
  })
  const [first] = measurements
  return [...blocks, `n×: ${first?.library} is so many times better.`].join('\n\n')
}

function block(measurements: readonly Measurement[]): string {
  const columns = (Object.keys(metrics) as Metric[]).filter((metric) =>
    measurements.some((one) => one.metric === metric),
  )
  const libraries = [...new Set(measurements.map(({ library }) => library))]
  const rows = libraries.map((name) => {
    const own = measurements.filter(({ library }) => library === name)
    const cells = columns.map((metric) => cellsOf(own.find((one) => one.metric === metric)))
    return { name, cells: cells.flat(), remark: remarkOf(own) }
  })
  const head = ['', ...columns.flatMap((metric) => [titles[metric], ''])]
  const table = [head, ...rows.map(({ name, cells }) => [name, ...cells])]
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  const lines = table.map((row, number) => {
    const text = row.map((cell, column) => aligned(cell, column, widths[column]!)).join('')
    const remark = number === 0 ? '' : rows[number - 1]!.remark
    // A row without values says why at once.
    const isEmpty = number > 0 && row.slice(1).every((cell) => cell === '')
    return `  ${isEmpty ? `${aligned(row[0]!, 0, widths[0]!)}  ${remark}` : `${text}${remark && `  ${remark}`}`}`.trimEnd()
  })
  return lines.join('\n')
}

/** Names stand left, values right, and behind each value its ratio. */
function aligned(cell: string, column: number, width: number): string {
  if (column === 0) return cell.padEnd(width)
  return column % 2 === 1 ? `   ${cell.padStart(width)}` : ` ${cell.padStart(width)}`
}

function cellsOf(measurement: Measurement | undefined): [value: string, ratio: string] {
  if (measurement === undefined || measurement.value === null) return ['', '']
  const { value, unit, ratio } = measurement
  return [showValue(value, unit), ratio === undefined ? '' : `${significant(ratio)}×`]
}

function remarkOf(measurements: readonly Measurement[]): string {
  const error = measurements.find((one) => one.error !== undefined)?.error
  const difference = measurements.find((one) => one.differs !== undefined)?.differs
  return [
    ...(error === undefined ? [] : [`fails: ${error}`]),
    ...(difference === undefined ? [] : [`other work: ${difference}`]),
  ].join('; ')
}
