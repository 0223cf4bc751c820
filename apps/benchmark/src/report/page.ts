// The report as one HTML file that needs nothing else.

import type { Workload } from '../workloads/workload.ts'
import { escaped } from './escaped.ts'
import { type Measurement, type Metric, metrics } from './measurement.ts'
import { overview } from './overview.ts'
import { showValue, significant, titles } from './show.ts'

/** All figures of a run. */
export interface Report {
  /** What it ran on. */
  readonly machine: Readonly<Record<string, string | readonly string[]>>
  readonly quick: boolean
  readonly measurements: readonly Measurement[]
}

/** Bars longer than this many times the first library's are cut, so that short ones can be told apart. */
const longestBar = 12

/** Bars for every workload and metric, a library a bar; failures and other work are said where the bar would be. */
export function renderPage({ machine, quick, measurements }: Report, workloads: readonly Workload[]): string {
  const sections = workloads
    .map((workload) =>
      section(
        workload,
        measurements.filter((measurement) => measurement.workload === workload.name),
      ),
    )
    .join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>neurite: benchmark</title>
<style>${style}</style>
</head>
<body>
<h1>neurite beside its peers</h1>
<p>The same work on the same data from the same weights, timed in turn in one run${quick ? ' (<code>--quick</code>: short samples)' : ''}.
Medians; half of the samples lie within the whisker. Bars over ${longestBar} times neurite’s are cut.</p>
<p class="machine">${Object.values(machine).flat().map(escaped).join(' · ')}</p>
${overview(measurements, workloads)}
${sections}
</body>
</html>
`
}

function section({ name, summary }: Workload, measurements: readonly Measurement[]): string {
  const first = measurements[0]?.library
  const charts = [...new Set(measurements.map(({ metric }) => metric))].map((metric) =>
    chart(
      metric,
      measurements.filter((measurement) => measurement.metric === metric),
      first!,
    ),
  )
  if (charts.length === 0) return ''
  const notes = new Map(
    measurements.flatMap(({ library, differs }) => (differs === undefined ? [] : [[library, differs] as const])),
  )
  const otherWork = [...notes].map(
    ([library, differs]) => `<p class="note">* ${escaped(library)} does other work: ${escaped(differs)}.</p>`,
  )
  return `<section id="${escaped(name)}">
<h2>${escaped(name)}</h2>
<p>${escaped(summary)}</p>
<div class="charts">
${charts.join('\n')}
</div>
${otherWork.join('\n')}
</section>`
}

function chart(metric: Metric, measurements: readonly Measurement[], first: string): string {
  const values = measurements.flatMap(({ value }) => (value === null ? [] : [value]))
  const own = measurements.find(({ library }) => library === first)?.value ?? null
  const largest = Math.max(...values)
  const end = own === null ? largest : Math.min(largest, longestBar * own)
  const better = metrics[metric].better === 'lower' ? 'less is better' : 'more is better'
  // With other numbers of threads it is the same library.
  const isOwn = ({ library }: Measurement): boolean => library === first || library.startsWith(`${first}-`)
  const rows = measurements.map((measurement) => row(measurement, isOwn(measurement), end)).join('\n')
  return `<div class="chart">
<h3>${titles[metric]} <small>${better}</small></h3>
<table>
${rows}
</table>
</div>`
}

function row(
  { library, value, unit, quartiles, ratio, error, differs }: Measurement,
  own: boolean,
  end: number,
): string {
  const head = `<th scope="row">${escaped(library)}</th>`
  if (value === null) return `<tr>${head}<td class="failure" colspan="2">${escaped(error ?? 'no value')}</td></tr>`
  const percent = (of: number): string => `${Number(((100 * Math.min(of, end)) / end).toFixed(2))}%`
  const whisker =
    quartiles === undefined || value > end
      ? ''
      : `<i style="left:${percent(quartiles[0])};right:calc(100% - ${percent(quartiles[1])})"></i>`
  const kind = [own ? 'own' : '', value > end ? 'cut' : '', differs === undefined ? '' : 'other']
    .filter(Boolean)
    .join(' ')
  const bar = `<div class="bar"><b class="${kind}" style="width:${percent(value)}"></b>${whisker}</div>`
  const compared = ratio === undefined ? '' : ` <small>${significant(ratio)}×</small>`
  const note = differs === undefined ? '' : '*'
  return `<tr>${head}<td>${bar}</td><td class="value">${escaped(showValue(value, unit))}${compared}${note}</td></tr>`
}

const style = `
:root { color-scheme: light dark; --text: #1c2024; --muted: #60646c; --line: #e0e1e6; --own: #0d74ce; --peer: #b0b4ba; --back: #fff }
@media (prefers-color-scheme: dark) {
  :root { --text: #edeef0; --muted: #b0b4ba; --line: #363a3f; --own: #3b9eff; --peer: #696e77; --back: #111113 }
}
body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color: var(--text); background: var(--back) }
h2 { margin: 2.5rem 0 0; border-top: 1px solid var(--line); padding-top: 1rem }
h2 + p { margin: 0 }
h3 { margin: 1rem 0 .25rem; font-size: 1rem }
small, .machine, .failure, .note, .none, caption, h2 + p { color: var(--muted); font-weight: normal }
.charts { display: grid; grid-template-columns: 1fr 1fr; column-gap: 2rem }
.chart:nth-child(odd):last-child, .chart:first-child:nth-last-child(odd) { grid-column: 1 / -1 }
@media (max-width: 50rem) { .charts { display: block } }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th { width: 8.75rem; text-align: left; font-weight: normal; white-space: nowrap }
td { padding: .1rem 0 }
.value { width: 9.5rem; padding-left: .75rem; white-space: nowrap; font-variant-numeric: tabular-nums }
.note { margin: .5rem 0 0; font-size: .85rem }
.failure { font-size: .85rem }
.overview { table-layout: auto; margin-top: 1.5rem; font-size: .85rem; font-variant-numeric: tabular-nums }
.overview caption { text-align: left; padding-bottom: .5rem }
.overview th { width: auto }
.overview tr:first-child th { white-space: normal; vertical-align: bottom; text-align: right; line-height: 1.2; padding: 0 0 .3rem .75rem }
.overview td { text-align: right; padding: .2rem 0 .2rem .75rem; border-top: 1px solid var(--line) }
.overview tr > th:first-child { border-top: 1px solid var(--line) }
.overview .faster { color: var(--own); font-weight: 600 }
a { color: inherit }
.bar { position: relative; height: 1.1rem; margin-top: .15rem }
.bar b { display: block; height: 100%; min-width: 2px; background: var(--peer); border-radius: 0 2px 2px 0 }
.bar .own { background: var(--own) }
.bar .other { background: repeating-linear-gradient(135deg, var(--peer) 0 4px, transparent 4px 8px); outline: 1px solid var(--peer) }
.bar .cut { mask: linear-gradient(90deg, #000 85%, transparent) }
.bar i { position: absolute; top: 50%; border-top: 1px solid var(--text) }
`
