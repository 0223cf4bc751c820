// Figures of processes that do nothing else: how long until the first result, how much memory they take.

import { fileURLToPath } from 'node:url'
import { attempt, type Contestant, type Outcome } from './outcome.ts'
import { runNode } from './run-node.ts'

const program = fileURLToPath(new URL('../own-process.js', import.meta.url))

/** From the start of a process to the first result in it, in ms: a sample a process, in turn. Those not in `asked` are left out. */
export async function coldStarts(
  workload: string,
  contestants: readonly Contestant[],
  asked: ReadonlySet<Contestant>,
  rounds: number,
): Promise<Outcome[]> {
  const samples: (number | Error)[][] = contestants.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [position, contestant] of contestants.entries())
      if (asked.has(contestant))
        samples[position]!.push(await attempt(async () => (await runInOwnProcess(contestant, workload, 1)).coldStart))
  return samples.map((own) => (own.length === 0 ? undefined : errorOrAll(own)))
}

/** One sample each. */
export interface LongRunOutcomes {
  /** Resident after the runs, in MB. */
  readonly memory: readonly Outcome[]
  /** The most that was ever resident, in MB. */
  readonly peakMemory: readonly Outcome[]
  /** The first step on a batch of another size, in ms; none of those that cannot be given one. */
  readonly newBatchSize: readonly Outcome[]
}

/** Processes that make many runs. */
export async function longRuns(
  runs: number,
  workload: string,
  contestants: readonly Contestant[],
  asked: ReadonlySet<Contestant>,
): Promise<LongRunOutcomes> {
  const figures: (ProcessFigures | Error | undefined)[] = []
  for (const contestant of contestants)
    figures.push(asked.has(contestant) ? await attempt(() => runInOwnProcess(contestant, workload, runs)) : undefined)
  const only = (name: 'memory' | 'peakMemory' | 'newBatchSize'): Outcome[] =>
    figures.map((one) => {
      if (one === undefined || one instanceof Error) return one
      const figure = one[name]
      return figure === undefined ? undefined : [figure]
    })
  return { memory: only('memory'), peakMemory: only('peakMemory'), newBatchSize: only('newBatchSize') }
}

function errorOrAll(samples: readonly (number | Error)[]): Outcome {
  const numbers = samples.filter((sample) => typeof sample === 'number')
  return samples.find((sample) => sample instanceof Error) ?? numbers
}

interface ProcessFigures {
  readonly coldStart: number
  readonly memory: number
  readonly peakMemory: number
  readonly newBatchSize: number | undefined
}

/** @throws Error with what the process complained of, if it fails. */
async function runInOwnProcess({ name, python }: Contestant, workload: string, runs: number): Promise<ProcessFigures> {
  const spawnedAt = performance.timeOrigin + performance.now()
  const stdout = await runNode([program, name, workload, `${runs}`, ...(python === undefined ? [] : [python])])
  // Libraries print, too.
  const {
    firstResultAt,
    startedAt = spawnedAt,
    residentBytes,
    peakBytes,
    newBatchSize,
  } = JSON.parse(stdout.trim().split('\n').at(-1)!)
  const coldStart = firstResultAt - startedAt
  return { coldStart, memory: residentBytes / 1e6, peakMemory: peakBytes / 1e6, newBatchSize }
}
