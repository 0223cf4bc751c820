// How reports write figures.

import type { Metric } from './measurement.ts'

export const titles: Record<Metric, string> = {
  time: 'time',
  throughput: 'throughput',
  coldStart: 'cold start',
  memory: 'memory',
  peakMemory: 'peak memory',
  newBatchSize: 'new batch size',
  size: 'program',
}

/** Short times in µs. */
export function showValue(value: number, unit: string): string {
  if (unit === 'ms' && value < 0.1) return `${significant(1000 * value)} µs`
  return `${significant(value)} ${unit}`
}

/** Three digits, without an exponent. */
export function significant(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 })
}
