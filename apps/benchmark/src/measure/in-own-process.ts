// Figures of a process that does nothing else: how long until its first result, how much memory it ends up with.

import { fileURLToPath } from 'node:url'
import { attempt, type Contestant, type Outcome } from './outcome.ts'
import { runNode } from './run-node.ts'

const program = fileURLToPath(new URL('../own-process.js', import.meta.url))

/** From the start of a process to the first result in it, in ms: a sample a process, in turn. */
export async function coldStarts(
  workload: string,
  contestants: readonly Contestant[],
  rounds: number,
): Promise<Outcome[]> {
  const samples: (number | Error)[][] = contestants.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [position, { name }] of contestants.entries())
      samples[position]!.push(await attempt(async () => (await runInOwnProcess(name, workload, 1)).coldStart))
  return samples.map(errorOrAll)
}

/** Resident memory of a process after many runs, in MB: one sample. */
export async function memoryAfter(
  runs: number,
  workload: string,
  contestants: readonly Contestant[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { name } of contestants)
    outcomes.push(await attempt(async () => [(await runInOwnProcess(name, workload, runs)).memory]))
  return outcomes
}

function errorOrAll(samples: readonly (number | Error)[]): Outcome {
  const numbers = samples.filter((sample) => typeof sample === 'number')
  return samples.find((sample) => sample instanceof Error) ?? numbers
}

interface ProcessFigures {
  readonly coldStart: number
  readonly memory: number
}

/** @throws Error with what the process complained of, if it fails. */
async function runInOwnProcess(library: string, workload: string, runs: number): Promise<ProcessFigures> {
  const startedAt = performance.timeOrigin + performance.now()
  const stdout = await runNode([program, library, workload, `${runs}`])
  const { firstResultAt, residentBytes } = JSON.parse(stdout)
  return { coldStart: firstResultAt - startedAt, memory: residentBytes / 1e6 }
}
