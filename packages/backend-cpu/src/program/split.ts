// Sharing out a kernel: its threads run different rounds of one of its loops. A round computes the same wherever it runs, so results do not
// depend on the number of threads.

import type { Local } from '../wasm/function-writer.ts'

/** The rounds from `first` to before `end` of a loop; there is at least one. */
export interface RoundRange {
  readonly first: Local
  readonly end: Local
}

export interface Split {
  /** Of the loop. */
  readonly rounds: number
  /** What all of them take, estimated. */
  readonly nanoseconds: number
  /** What is done again for every run of rounds that a thread takes at once, estimated. */
  readonly repeatedNanoseconds: number
}

/** A loop of a kernel that may be shared out. */
export interface SplittableLoop {
  readonly axis: number
  readonly rounds: number
  readonly repeatedNanoseconds?: number
}

export function splitOf({ rounds, repeatedNanoseconds = 0 }: SplittableLoop, nanoseconds: number): Split {
  return { rounds, nanoseconds, repeatedNanoseconds }
}

/** When sharing is worth it. */
export interface Sharing {
  /** What a thread must have to do in a kernel, so that waiting for it costs less than it gains. */
  readonly nanosecondsPerThread: number
  /** Whether runs are handed to other threads, which tell when they are over: that takes longer than to wait for them. */
  readonly isHanded?: boolean
}

/** Programs of which less can be shared are left to one thread: the others may have to be woken. */
export function leastNanosecondsOfProgram({ nanosecondsPerThread, isHanded = false }: Sharing): number {
  return (isHanded ? 40 : 6) * nanosecondsPerThread
}

/** Of what is repeated for a run of rounds, the run takes so many times as much. */
const timesRepeated = 20
/** Into so many runs a loop is cut at most. */
const mostRuns = 64

/** Rounds that a thread takes at once, if not fewer are its fair share: threads that are slow, or come late, take fewer runs. */
export function roundsAtOnce({ rounds, nanoseconds, repeatedNanoseconds }: Split, sharing: Sharing): number {
  const least = Math.max(sharing.nanosecondsPerThread, timesRepeated * repeatedNanoseconds)
  return Math.min(rounds, Math.max(1, Math.ceil(rounds / mostRuns), Math.ceil((rounds * least) / nanoseconds)))
}

/** The loop whose rounds are best shared out, outer loops first; undefined if the kernel is too small. */
export function chooseSplit(
  loops: readonly SplittableLoop[],
  nanoseconds: number,
  sharing: Sharing,
): SplittableLoop | undefined {
  if (!isWorthSplitting(nanoseconds, sharing)) return undefined
  const candidates = loops.filter(({ rounds }) => rounds > 1)
  const costs = candidates.map((loop, level) => nanosecondsOfThreads(loop, nanoseconds) * (1 + 0.01 * level))
  return candidates[costs.indexOf(Math.min(...costs))]
}

export function isWorthSplitting(nanoseconds: number, { nanosecondsPerThread }: Sharing): boolean {
  return nanoseconds >= 2 * nanosecondsPerThread
}

/** What all threads take together, waiting included, when the rounds of a loop are shared out: the mean over numbers of threads. */
export function nanosecondsOfThreads(
  { rounds, repeatedNanoseconds = 0 }: Pick<SplittableLoop, 'rounds' | 'repeatedNanoseconds'>,
  nanoseconds: number,
): number {
  const shared = nanoseconds - repeatedNanoseconds
  const times = threadCounts.map(
    (threads) => threads * (repeatedNanoseconds + (shared * Math.ceil(rounds / threads)) / rounds),
  )
  return times.reduce((sum, time) => sum + time) / threadCounts.length
}

const threadCounts = [2, 4, 8]
