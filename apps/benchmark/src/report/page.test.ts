import { expect, test } from 'vitest'
import { xorStep } from '../workloads/xor-step.ts'
import type { Measurement } from './measurement.ts'
import { renderPage } from './page.ts'

const common = { workload: 'xor-step', threads: 1, unit: 'ms', metric: 'time' } as const
const machine = { processors: '2 × fast & new', libraries: ['own 1', 'peer 2'] }

function page(...measurements: readonly Measurement[]): string {
  return renderPage({ machine, quick: false, measurements }, [xorStep])
}

/** Widths of all bars, in percent. */
function widths(html: string): number[] {
  return [...html.matchAll(/<b class="[^"]*" style="width:([\d.]+)%"/g)].map(([, width]) => Number(width))
}

test('bars are as long as values; far longer ones are cut', () => {
  const own = { ...common, library: 'own', value: 1 }
  expect(widths(page(own, { ...common, library: 'peer', value: 4, ratio: 4 }))).toEqual([25, 100])
  const html = page(own, { ...common, library: 'peer', value: 1200, ratio: 1200 })
  expect(widths(html)).toEqual([8.33, 100])
  expect(html).toContain('class="cut"')
})

test('failures and other work are said', () => {
  const html = page(
    { ...common, library: 'own', value: null, error: 'no <kernel>' },
    { ...common, library: 'peer', value: 4, differs: 'no Adam' },
  )
  expect(html).toContain('no &lt;kernel&gt;')
  expect(html).toContain('peer does other work: no Adam')
})

test('an overview says how many times as long peers take', () => {
  const own = { ...common, library: 'own', value: 1 }
  const html = page(
    own,
    { ...common, library: 'peer', value: 40, ratio: 40 },
    { ...common, library: 'fast', value: 0.5, ratio: 0.5 },
    { ...common, library: 'unable', value: null, error: 'no kernel' },
  )
  const row = html.match(/<tr><th scope="row"><a href="#xor-step">.*$/m)![0]
  expect([...row.matchAll(/<td class="(\w+)"[^>]*>([^<]*)/g)].map(([, kind, text]) => `${kind} ${text}`)).toEqual([
    'slower 40×',
    'faster 0.5×',
    'none –',
  ])
})

test('names the machine, and needs nothing but itself', () => {
  const html = page({ ...common, library: 'own', value: 1, quartiles: [0.9, 1.1] })
  expect(html).toContain('2 × fast &amp; new · own 1 · peer 2')
  expect(html).toContain(xorStep.summary)
  expect(html).not.toMatch(/src=|href="[^#]|url\(|@import/)
})
