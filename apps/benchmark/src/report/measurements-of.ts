import type { Contestant, Outcome } from '../measure/outcome.ts'
import { summarize } from '../measure/statistics.ts'
import { type Measurement, type Metric, metrics, ratioOf } from './measurement.ts'

/** What was measured of a workload. */
export interface Measured {
  readonly workload: string
  readonly metric: Metric
  /** One for each contestant; those that were not asked have no line. */
  readonly outcomes: readonly Outcome[]
  /** Of contestants whose work is not quite the workload: how it differs. */
  readonly differences?: readonly (string | undefined)[]
}

/** The lines of what was measured, with the ratio of every other contestant to the first. */
export function measurementsOf(
  { workload, metric, outcomes, differences = [] }: Measured,
  contestants: readonly Contestant[],
): Measurement[] {
  const own = medianOf(outcomes[0])
  return contestants.flatMap(({ name, library }, position): Measurement[] => {
    const outcome = outcomes[position]
    if (outcome === undefined) return []
    const value = medianOf(outcome)
    const differs = differences[position]
    const measurement = {
      workload,
      library: name,
      metric,
      value,
      unit: metrics[metric].unit,
      threads: library instanceof Error ? 1 : library.threads,
      ...(outcome instanceof Error ? { error: firstLine(outcome.message) } : spreadOf(outcome)),
      ...(differs === undefined ? {} : { differs }),
      ...(position > 0 && own !== null && value !== null ? { ratio: ratioOf(metric, own, value) } : {}),
    }
    return [measurement]
  })
}

function medianOf(outcome: Outcome): number | null {
  return outcome === undefined || outcome instanceof Error ? null : summarize(outcome).median
}

/** Of a single sample there is none. */
function spreadOf(samples: readonly number[]): Pick<Measurement, 'quartiles'> {
  if (samples.length < 2) return {}
  const { lowerQuartile, upperQuartile } = summarize(samples)
  return { quartiles: [lowerQuartile, upperQuartile] }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!
}
