import { expect, test } from 'vitest'
import type { Measurement } from './measurement.ts'
import { renderTable } from './table.ts'

const common = { threads: 1, unit: 'ms', metric: 'time' } as const

test('workloads below each other, libraries side by side, ratios, notes on failures', () => {
  const failure = { ...common, library: 'peer', value: null, error: 'no kernel' }
  const measurements: Measurement[] = [
    { ...common, workload: 'tiny', library: 'own', value: 0.00123456, quartiles: [0.0012, 0.0013] },
    { ...common, workload: 'tiny', library: 'peer', value: 0.25, quartiles: [0.2, 0.3], ratio: 202.5 },
    { ...common, workload: 'cnn', library: 'own', value: 34.56 },
    { ...failure, workload: 'cnn' },
    { ...common, workload: 'cnn', metric: 'throughput', unit: 'GFLOP/s', library: 'own', value: 46.04 },
    { ...failure, workload: 'cnn', metric: 'throughput', unit: 'GFLOP/s' },
    { ...common, workload: 'big', library: 'own', value: 1234.5 },
    { ...common, workload: 'big', library: 'peer', value: 617.25, ratio: 0.5, differs: 'no Adam' },
  ]
  expect(renderTable(measurements)).toBe(
    [
      'workload                     own             peer',
      'tiny      time           1.23 µs     0.25 ms 203×',
      'cnn       time           34.6 ms        fails [1]',
      'cnn       throughput  46 GFLOP/s        fails [1]',
      'big       time          1,230 ms  617 ms 0.5× [2]',
      '',
      '[1] peer: no kernel',
      '[2] peer does other work: no Adam',
    ].join('\n'),
  )
})
