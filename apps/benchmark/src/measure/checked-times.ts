import type { Library, Result, Task } from '../libraries/library.ts'
import type { Work, Workload } from '../workloads/workload.ts'
import { findDifference } from './agreement.ts'
import { type Plan, timeInterleaved } from './interleaved.ts'
import { attempt, type Contestant, DisagreementError, type Outcome } from './outcome.ts'

/** How much time checking may take, in ms. */
export interface CheckingPlan extends Plan {
  /** Checked runs of a contestant; the first one is made whatever it takes. */
  readonly checking: number
  /** A contestant whose run takes longer is not timed. */
  readonly slowestRun: number
  /** Whether there is time for what is known to be slow. */
  readonly slowRuns: boolean
}

/** What came of a workload. */
export interface CheckedTimes {
  /** The time of a run in ms, for every contestant. */
  readonly outcomes: readonly Outcome[]
  /** Of those whose work is not quite the workload: how it differs. */
  readonly differences: readonly (string | undefined)[]
}

/**
 * Times every contestant whose first results are those of the first one that has any, and the losses among them that are known.
 * One that fails or gives other results is not timed, unless it says that its work is another.
 */
export async function checkedTimes(
  workload: Workload,
  contestants: readonly Contestant[],
  plan: CheckingPlan,
): Promise<CheckedTimes> {
  const work = workload.make()
  const trials: (Trial | Error)[] = []
  for (const contestant of contestants) trials.push(await attempt(() => tryOut(contestant, work, workload, plan)))
  const first = trials.filter(isTrial).find(({ task }) => task.differs === undefined)
  const checked = trials.map((trial) => (trial instanceof Error ? trial : check(trial, first, workload, plan)))

  const timed = checked.filter(isTrial)
  const outcomes = await timeInterleaved(
    timed.map(({ task: { run, timeOfRun }, activate }) => ({
      run,
      ...(timeOfRun === undefined ? {} : { timeOfRun }),
      ...(activate === undefined ? {} : { activate }),
    })),
    plan,
  )
  for (const { task } of trials.filter(isTrial)) task.close()
  return {
    outcomes: checked.map((trial) => (trial instanceof Error ? trial : outcomes[timed.indexOf(trial)]!)),
    differences: trials.map((trial) => (trial instanceof Error ? undefined : trial.task.differs)),
  }
}

/** Work that has run, and what came out. */
interface Trial {
  readonly task: Task
  readonly results: readonly Result[]
  /** Time of the fastest run so far, in ms. */
  readonly fastest: number
  readonly activate: Library['activate']
}

async function tryOut(
  { library, slowAt = [] }: Contestant,
  work: Work,
  workload: Workload,
  plan: CheckingPlan,
): Promise<Trial> {
  if (library instanceof Error) throw library
  if (!plan.slowRuns && slowAt.includes(workload.name)) throw new Error('not run with --quick: a run takes seconds')
  await library.activate?.()
  const task = await library.prepare(work)
  const results: Result[] = []
  const start = performance.now()
  let fastest = Number.POSITIVE_INFINITY
  const needsMore = (): boolean => {
    const spent = performance.now() - start
    // The first run may compile: it says little about the next.
    if (results.length < 2) return spent < 4 * plan.slowestRun
    return results.length < workload.checkedRuns && spent < plan.checking
  }
  do {
    const runStart = performance.now()
    const result = await task.run()
    fastest = Math.min(fastest, performance.now() - runStart)
    results.push(task.comparable?.(result) ?? result)
  } while (needsMore())
  return { task, results, fastest, activate: library.activate }
}

function check(trial: Trial, first: Trial | undefined, workload: Workload, plan: CheckingPlan): Trial | Error {
  if (trial.task.differs === undefined && first !== undefined) {
    const difference = differenceOf(trial.results, first.results, workload)
    if (difference !== undefined) return new DisagreementError(`results differ, ${difference}`)
  }
  if (trial.fastest <= plan.slowestRun) return trial
  const seconds = (ms: number): string => `${Number((ms / 1000).toPrecision(2))} s`
  return new Error(`a run takes ${seconds(trial.fastest)}; what takes over ${seconds(plan.slowestRun)} is not timed`)
}

/** Of the runs that both have made. */
function differenceOf(results: readonly Result[], first: readonly Result[], workload: Workload): string | undefined {
  const { tolerance, knownLosses = {} } = workload
  const known = results.map((result, run) => knownLosses[run + 1] ?? result)
  const common = Math.min(results.length, first.length)
  return (
    findDifference(results, known, tolerance) ??
    findDifference(results.slice(0, common), first.slice(0, common), tolerance)
  )
}

function isTrial(trial: Trial | Error): trial is Trial {
  return !(trial instanceof Error)
}
