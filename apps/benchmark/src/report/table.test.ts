import { expect, test } from 'vitest'
import { gemm } from '../workloads/gemm.ts'
import { xorStep } from '../workloads/xor-step.ts'
import type { Measurement } from './measurement.ts'
import { renderTable } from './table.ts'

const common = { threads: 1, unit: 'ms', metric: 'time' } as const

test('a block for each workload, metrics side by side, ratios, and remarks on failures and other work', () => {
  const [xor, product] = [
    { ...common, workload: 'xor-step' },
    { ...common, workload: 'gemm-256' },
  ]
  const throughput = { metric: 'throughput', unit: 'GFLOP/s' } as const
  const measurements: Measurement[] = [
    { ...xor, library: 'own', value: 0.00123456, quartiles: [0.0012, 0.0013] },
    { ...xor, library: 'peer', value: 0.25, quartiles: [0.2, 0.3], ratio: 202.5, differs: 'no SGD' },
    { ...xor, library: 'other', value: null, error: 'no kernel' },
    { ...product, library: 'own', value: 34.56 },
    { ...product, library: 'peer', value: 17.28, ratio: 0.5 },
    { ...product, ...throughput, library: 'own', value: 46.04 },
    { ...product, ...throughput, library: 'peer', value: 92.08, ratio: 0.5 },
  ]
  expect(renderTable(measurements, [xorStep, gemm(256), gemm(512)])).toBe(
    [
      'xor-step: training step of a 2-8-1 network on XOR: batch 4, SGD, the loss read at every step',
      '             time',
      '  own     1.23 µs',
      '  peer    0.25 ms 203×  other work: no SGD',
      '  other  fails: no kernel',
      '',
      'gemm-256: product of two 256 × 256 matrices',
      '            time          throughput',
      '  own    34.6 ms          46 GFLOP/s',
      '  peer   17.3 ms 0.5×   92.1 GFLOP/s 0.5×',
      '',
      'n×: own is so many times better.',
    ].join('\n'),
  )
})
