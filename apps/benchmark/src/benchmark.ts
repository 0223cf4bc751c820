// Does every workload with every library: first to compare the results, then to time them in turn.

import type { LibraryEntry } from './libraries/library.ts'
import { type CheckingPlan, checkedTimes } from './measure/checked-times.ts'
import { coldStarts, longRuns } from './measure/in-own-process.ts'
import { minimalProgramSizes } from './measure/minimal-programs.ts'
import { attempt, type Contestant, DisagreementError, type Outcome } from './measure/outcome.ts'
import type { Measurement, Metric } from './report/measurement.ts'
import { measurementsOf } from './report/measurements-of.ts'
import type { Workload } from './workloads/workload.ts'

export interface BenchmarkPlan extends CheckingPlan {
  /** Fresh processes of each library for a cold start. */
  readonly coldStarts: number
}

export const plans: Readonly<Record<'full' | 'quick', BenchmarkPlan>> = {
  full: {
    warmUp: 500,
    sample: 60,
    rounds: 15,
    longest: 5000,
    checking: 20_000,
    slowestRun: 10_000,
    slowRuns: true,
    coldStarts: 5,
  },
  quick: {
    warmUp: 250,
    sample: 20,
    rounds: 7,
    longest: 600,
    checking: 600,
    slowestRun: 2500,
    slowRuns: false,
    coldStarts: 5,
  },
}

/** Takes what comes out, at once. */
export interface Reporter {
  measured(measurement: Measurement): void
  /** What is being measured now. */
  progress(text: string): void
}

/** Opens libraries; one that does not open fails at every workload. */
export async function openAll(entries: readonly LibraryEntry[]): Promise<Contestant[]> {
  const contestants: Contestant[] = []
  for (const { open, ...entry } of entries) contestants.push({ ...entry, library: await attempt(open) })
  return contestants
}

/**
 * Measures all workloads. The first contestant is the one that the others are compared with.
 * @returns whether the first one can do all the work, and no results differ. That another one cannot do something is but shown.
 */
export async function runBenchmark(
  workloads: readonly Workload[],
  allContestants: readonly Contestant[],
  plan: BenchmarkPlan,
  reporter: Reporter,
): Promise<boolean> {
  let sound = true
  for (const workload of workloads) {
    const { name, operations, runsInOwnProcess, isFirstSteps = false } = workload
    const contestants = allContestants.filter(({ only }) => only?.includes(name) ?? true)
    let differences: readonly (string | undefined)[] = []
    const report = (metric: Metric, outcomes: readonly Outcome[]): void => {
      sound &&= !(outcomes[0] instanceof Error) && !outcomes.some((outcome) => outcome instanceof DisagreementError)
      for (const line of measurementsOf({ workload: name, metric, outcomes, differences }, contestants))
        reporter.measured(line)
    }
    reporter.progress(name)
    const checked = await checkedTimes(workload, contestants, plan)
    const times = checked.outcomes
    differences = checked.differences
    report('time', times)
    if (operations !== undefined) report('throughput', throughputs(times, operations))
    // Why the others cannot do it has been said.
    const able = new Set(contestants.filter((_, position) => !(times[position] instanceof Error)))
    if (isFirstSteps) {
      reporter.progress(`${name}: starts of processes`)
      report('coldStart', await coldStarts(name, contestants, able, plan.coldStarts))
    }
    if (runsInOwnProcess !== undefined && (isFirstSteps || plan.slowRuns)) {
      reporter.progress(`${name}: memory and another batch, each library in a process of its own`)
      const { memory, peakMemory, newBatchSize } = await longRuns(runsInOwnProcess, name, contestants, able)
      if (isFirstSteps) report('memory', memory)
      report('peakMemory', peakMemory)
      report('newBatchSize', newBatchSize)
    }
    if (isFirstSteps) {
      reporter.progress(`${name}: programs for pages`)
      report('size', await minimalProgramSizes(contestants))
    }
  }
  return sound
}

/** GFLOP/s from ms. */
function throughputs(times: readonly Outcome[], operations: number): Outcome[] {
  // Why there is no time has been said.
  return times.map((time) => (time instanceof Error ? undefined : time?.map((ms) => operations / ms / 1e6)))
}
