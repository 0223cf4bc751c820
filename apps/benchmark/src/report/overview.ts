// The table at the top of the page: one look at all times.

import type { Workload } from '../workloads/workload.ts'
import { escaped } from './escaped.ts'
import type { Measurement } from './measurement.ts'
import { showValue, significant } from './show.ts'

/** A row for each workload, a column for each library: the first one's time, and how many times as long the others take. */
export function overview(measurements: readonly Measurement[], workloads: readonly Workload[]): string {
  const times = measurements.filter(({ metric }) => metric === 'time')
  const [own, ...peers] = [...new Set(times.map(({ library }) => library))]
  if (own === undefined) return ''
  const rows = workloads.flatMap(({ name }) => {
    const inRow = times.filter(({ workload }) => workload === name)
    if (inRow.length === 0) return []
    const cells = [own, ...peers].map((library) => cell(inRow.find((one) => one.library === library)))
    return [`<tr><th scope="row"><a href="#${escaped(name)}">${escaped(name)}</a></th>${cells.join('')}</tr>`]
  })
  const heads = [own, ...peers].map((library) => `<th scope="col">${escaped(library)}</th>`)
  return `<table class="overview">
<caption>Time of a run of ${escaped(own)}, and how many times as long its peers take</caption>
<tr><td></td>${heads.join('')}</tr>
${rows.join('\n')}
</table>`
}

function cell(measurement: Measurement | undefined): string {
  if (measurement === undefined) return '<td></td>'
  const { value, unit, ratio, error, differs } = measurement
  if (value === null) return `<td class="none" title="${escaped(error ?? '')}">–</td>`
  if (ratio === undefined) return `<td>${escaped(showValue(value, unit))}</td>`
  const title = differs === undefined ? '' : ` title="other work: ${escaped(differs)}"`
  return `<td class="${ratio < 1 ? 'faster' : 'slower'}"${title}>${significant(ratio)}×${differs === undefined ? '' : '*'}</td>`
}
