/** What is measured: its unit, and which values are better. */
export const metrics = {
  /** Of one run. */
  time: { unit: 'ms', better: 'lower' },
  throughput: { unit: 'GFLOP/s', better: 'higher' },
  /** From the start of a process to the first result in it. */
  coldStart: { unit: 'ms', better: 'lower' },
  /** Of the first step on a batch of another size, after many on one size. */
  newBatchSize: { unit: 'ms', better: 'lower' },
  /** Resident memory of a process after many runs. */
  memory: { unit: 'MB', better: 'lower' },
  /** The most that was ever resident in it. */
  peakMemory: { unit: 'MB', better: 'lower' },
  /** Of a minimal program for pages, bundled, minified and compressed with gzip. */
  size: { unit: 'KB', better: 'lower' },
} as const

export type Metric = keyof typeof metrics

/** A line of the output. */
export interface Measurement {
  readonly workload: string
  readonly library: string
  readonly metric: Metric
  /** The median; null if there is none, and `error` says why. */
  readonly value: number | null
  readonly unit: string
  readonly threads: number
  /** Half of the samples lie between these two. */
  readonly quartiles?: readonly [number, number]
  /** Of a peer: how many times better the measured library is. */
  readonly ratio?: number
  readonly error?: string
  /** How the library's work is not quite the workload, if so: its results were not compared. */
  readonly differs?: string
}

/** How many times better `own` is than `peer`. */
export function ratioOf(metric: Metric, own: number, peer: number): number {
  return metrics[metric].better === 'lower' ? peer / own : own / peer
}

/** The measurement as JSON on one line, numbers to five digits. */
export function jsonLine(measurement: Measurement): string {
  return JSON.stringify(measurement, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value))
}
