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
  /** How many threads are likely to run the program. */
  readonly threads: number
  /** Whether runs are handed to other threads, which tell when they are over: that takes longer than to wait for them. */
  readonly isHanded?: boolean
}

/** Programs of which less can be shared are left to one thread: the others may have to be woken. */
export function leastNanosecondsOfProgram({ nanosecondsPerThread, isHanded = false }: Sharing): number {
  return (isHanded ? 40 : 6) * nanosecondsPerThread
}

/** Rounds that a thread takes at once, if not fewer are its fair share: threads that are slow, or come late, take fewer runs. */
export function roundsAtOnce(split: Split, { nanosecondsPerThread }: Sharing): number {
  return roundsOfRun(split, { atMost: 64, leastNanoseconds: nanosecondsPerThread, timesRepeated: 20 })
}

/**
 * Rounds of one call on one thread. Engines put better code in the place of a function's first, many times slower, only between calls:
 * a long kernel is called several times, so that the first step on new shapes is not all slow.
 */
export function roundsPerCall(split: Split, { nanosecondsPerThread }: Sharing): number {
  return roundsOfRun(split, { atMost: 16, leastNanoseconds: 6 * nanosecondsPerThread, timesRepeated: 200 })
}

/** `atMost` runs, none shorter than so many nanoseconds or so many times what every run repeats. */
function roundsOfRun(
  { rounds, nanoseconds, repeatedNanoseconds }: Split,
  { atMost, leastNanoseconds, timesRepeated }: RunLimits,
): number {
  const least = Math.max(leastNanoseconds, timesRepeated * repeatedNanoseconds)
  return Math.min(rounds, Math.max(1, Math.ceil(rounds / atMost), Math.ceil((rounds * least) / nanoseconds)))
}

interface RunLimits {
  readonly atMost: number
  readonly leastNanoseconds: number
  readonly timesRepeated: number
}

/** The loop whose rounds are best shared out, outer loops first; undefined if the kernel is too small. */
export function chooseSplit(
  loops: readonly SplittableLoop[],
  nanoseconds: number,
  sharing: Sharing,
): SplittableLoop | undefined {
  if (!isWorthSplitting(nanoseconds, sharing)) return undefined
  const candidates = loops.filter(({ rounds }) => rounds > 1)
  const costs = candidates.map((loop, level) => nanosecondsOfThreads(loop, nanoseconds, sharing) * (1 + 0.01 * level))
  return candidates[costs.indexOf(Math.min(...costs))]
}

export function isWorthSplitting(nanoseconds: number, { nanosecondsPerThread }: Sharing): boolean {
  return nanoseconds >= 2 * nanosecondsPerThread
}

/** What all threads take together, waiting included, when the rounds of a loop are shared out. */
export function nanosecondsOfThreads(
  { rounds, repeatedNanoseconds = 0 }: Pick<SplittableLoop, 'rounds' | 'repeatedNanoseconds'>,
  nanoseconds: number,
  sharing: Sharing,
): number {
  const shared = nanoseconds - repeatedNanoseconds
  const times = threadCounts(sharing).map(
    (threads) => threads * (repeatedNanoseconds + (shared * Math.ceil(rounds / threads)) / rounds),
  )
  return times.reduce((sum, time) => sum + time) / times.length
}

/** Counts for which a loop should do well. With rounds for four times as many, a thread that is slow or comes late takes fewer. */
function threadCounts({ threads }: Sharing): number[] {
  return threads === 1 ? [2, 4, 8] : [threads, 4 * threads]
}
