// The report as one HTML file that needs nothing else.

import type { Workload } from '../workloads/workload.ts'
import { type Measurement, type Metric, metrics } from './measurement.ts'
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
${sections}
</body>
</html>
`
}

function section({ name, summary }: Workload, measurements: readonly Measurement[]): string {
  const charts = [...new Set(measurements.map(({ metric }) => metric))].map((metric) =>
    chart(
      metric,
      measurements.filter((measurement) => measurement.metric === metric),
    ),
  )
  if (charts.length === 0) return ''
  return `<section>
<h2>${escaped(name)}</h2>
<p>${escaped(summary)}</p>
${charts.join('\n')}
</section>`
}

function chart(metric: Metric, measurements: readonly Measurement[]): string {
  const values = measurements.flatMap(({ value }) => (value === null ? [] : [value]))
  const own = measurements[0]!.value
  const largest = Math.max(...values)
  const end = own === null ? largest : Math.min(largest, longestBar * own)
  const better = metrics[metric].better === 'lower' ? 'less is better' : 'more is better'
  const rows = measurements.map((measurement, place) => row(measurement, place === 0, end)).join('\n')
  return `<h3>${titles[metric]} <small>${better}</small></h3>\n<table>\n${rows}\n</table>`
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
  const note = differs === undefined ? '' : `<br><small>other work: ${escaped(differs)}</small>`
  return `<tr>${head}<td>${bar}</td><td class="value">${escaped(showValue(value, unit))}${compared}${note}</td></tr>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character]!)
}

const style = `
:root { color-scheme: light dark; --text: #1c2024; --muted: #60646c; --line: #e0e1e6; --own: #0d74ce; --peer: #b0b4ba; --back: #fff }
@media (prefers-color-scheme: dark) {
  :root { --text: #edeef0; --muted: #b0b4ba; --line: #363a3f; --own: #3b9eff; --peer: #696e77; --back: #111113 }
}
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: var(--text); background: var(--back) }
h2 { margin: 2.5rem 0 0; border-top: 1px solid var(--line); padding-top: 1rem }
h2 + p { margin: 0 }
h3 { margin: 1rem 0 .25rem; font-size: 1rem }
small, .machine, .failure, h2 + p { color: var(--muted); font-weight: normal }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th { width: 7rem; text-align: left; font-weight: normal; vertical-align: top }
td { padding: .15rem 0; vertical-align: top }
.value { width: 17rem; padding-left: .75rem; font-variant-numeric: tabular-nums }
.bar { position: relative; height: 1.1rem; margin-top: .15rem }
.bar b { display: block; height: 100%; min-width: 2px; background: var(--peer); border-radius: 0 2px 2px 0 }
.bar .own { background: var(--own) }
.bar .other { background: repeating-linear-gradient(135deg, var(--peer) 0 4px, transparent 4px 8px); outline: 1px solid var(--peer) }
.bar .cut { mask: linear-gradient(90deg, #000 85%, transparent) }
.bar i { position: absolute; top: 50%; border-top: 1px solid var(--text) }
`
