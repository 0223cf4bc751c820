import { attempt, type Outcome } from './outcome.ts'

/** How long and how often to measure; times in ms. */
export interface Plan {
  /** Least time that runs before anything counts: engines compile what runs often. */
  readonly warmUp: number
  /** Least time of a sample: as many runs as that takes, so that the clock's step does not matter. */
  readonly sample: number
  /** Samples of each contestant. */
  readonly rounds: number
  /** Slow work gets fewer rounds, so that all samples of a contestant take no longer; but at least three, or one if that takes longer. */
  readonly longest: number
}

const fewestRounds = 3

/** What is timed. An awaited result counts as done when it arrives. */
export interface Timed {
  run(): unknown
  /** The mean time of so many runs, by a clock of its own. */
  timeOfRun?(repetitions: number): Promise<number>
  /** What has to happen before runs, when another contestant has run. Its time does not count. */
  activate?(): Promise<void>
}

/** Now, in ms. */
export type Clock = () => number

/**
 * Times contestants in turn, A B A B …, so that whatever slows the machine for a while slows all of them. The samples are
 * times of one run in ms. One that throws is left out from then on.
 */
export async function timeInterleaved(
  contestants: readonly Timed[],
  plan: Plan,
  now: Clock = () => performance.now(),
): Promise<Outcome[]> {
  const sizes: (Sampling | Error)[] = []
  for (const contestant of contestants) sizes.push(await attempt(() => warmUp(contestant, plan, now)))
  const outcomes: (number[] | Error)[] = sizes.map((size) => (size instanceof Error ? size : []))
  for (let round = 0; round < plan.rounds; round++)
    for (const [position, contestant] of contestants.entries()) {
      const [samples, size] = [outcomes[position]!, sizes[position]!]
      if (samples instanceof Error || size instanceof Error || round >= size.rounds) continue
      const time = await attempt(async () => {
        await contestant.activate?.()
        return await timeOfRun(contestant, size.repetitions, now)
      })
      if (time instanceof Error) outcomes[position] = time
      else samples.push(time)
    }
  return outcomes
}

interface Sampling {
  readonly rounds: number
  /** Runs in a sample. */
  readonly repetitions: number
}

/** Runs until warm, in doubling numbers, and learns how many runs make a sample. */
async function warmUp(contestant: Timed, plan: Plan, now: Clock): Promise<Sampling> {
  await contestant.activate?.()
  const start = now()
  let time = await timeOfRun(contestant, 1, now)
  for (let repetitions = 1; now() - start < plan.warmUp; repetitions *= 2)
    time = await timeOfRun(contestant, repetitions, now)
  const repetitions = Math.max(1, Math.ceil(plan.sample / time))
  const affordable = Math.floor(plan.longest / (repetitions * time))
  const fewest = time > plan.longest ? 1 : fewestRounds
  return { repetitions, rounds: Math.min(plan.rounds, Math.max(fewest, affordable)) }
}

/** Mean time of consecutive runs. */
async function timeOfRun(contestant: Timed, repetitions: number, now: Clock): Promise<number> {
  if (contestant.timeOfRun !== undefined) return contestant.timeOfRun(repetitions)
  const start = now()
  for (let i = 0; i < repetitions; i++) {
    const result = contestant.run()
    // Waiting where nothing is to wait for would cost more than the smallest steps.
    if (result instanceof Promise) await result
  }
  return (now() - start) / repetitions
}
