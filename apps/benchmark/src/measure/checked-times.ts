import type { Library, Result, Task } from '../libraries/library.ts'
import type { Work, Workload } from '../workloads/workload.ts'
import { findDifference } from './agreement.ts'
import { type Plan, timeInterleaved } from './interleaved.ts'
import { attempt, type Contestant, DisagreementError, type Outcome } from './outcome.ts'

/**
 * The time of a run in ms, for every contestant whose first results are those of the first one that has any, and the losses among
 * them that are known. One that fails or gives other results is not timed.
 */
export async function checkedTimes(
  workload: Workload,
  contestants: readonly Contestant[],
  plan: Plan,
): Promise<Outcome[]> {
  const work = workload.make()
  const trials: (Trial | Error)[] = []
  for (const { library } of contestants) trials.push(await attempt(() => tryOut(library, work, workload.checkedRuns)))
  const first = trials.find(isTrial)
  const checked = trials.map((trial) => (trial instanceof Error ? trial : check(trial, first!.results, workload)))

  const timed = checked.filter(isTrial)
  const outcomes = await timeInterleaved(
    timed.map(({ task }) => task.run),
    plan,
  )
  for (const { task } of trials.filter(isTrial)) task.close()
  return checked.map((trial) => (trial instanceof Error ? trial : outcomes[timed.indexOf(trial)]!))
}

/** Work that has run, and what came out. */
interface Trial {
  readonly task: Task
  readonly results: readonly Result[]
}

async function tryOut(library: Library | Error, work: Work, runs: number): Promise<Trial> {
  if (library instanceof Error) throw library
  const task = library.prepare(work)
  const results: Result[] = []
  while (results.length < runs) results.push(await task.run())
  return { task, results }
}

function check(trial: Trial, first: readonly Result[], { tolerance, knownLosses = {} }: Workload): Trial | Error {
  const known = trial.results.map((result, run) => knownLosses[run + 1] ?? result)
  const difference = findDifference(trial.results, known, tolerance) ?? findDifference(trial.results, first, tolerance)
  return difference === undefined ? trial : new DisagreementError(`results differ, ${difference}`)
}

function isTrial(trial: Trial | Error): trial is Trial {
  return !(trial instanceof Error)
}
