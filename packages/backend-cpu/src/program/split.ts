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
}

/** A loop of a kernel that may be shared out. */
export interface SplittableLoop {
  readonly axis: number
  readonly rounds: number
  /** What every thread does that takes part, whatever its rounds are. */
  readonly repeatedNanoseconds?: number
}

/** When sharing is worth it. */
export interface Sharing {
  /** What a thread must have to do in a kernel, so that waiting for it costs less than it gains. */
  readonly nanosecondsPerThread: number
}

/** Programs of which less can be shared are left to one thread: the others may have to be woken. */
export function leastNanosecondsOfProgram({ nanosecondsPerThread }: Sharing): number {
  return 6 * nanosecondsPerThread
}

/** So many threads have enough to do. */
export function usefulThreads({ rounds, nanoseconds }: Split, { nanosecondsPerThread }: Sharing): number {
  return Math.min(rounds, Math.floor(nanoseconds / nanosecondsPerThread))
}

/** The loop whose rounds are best shared out, outer loops first; undefined if the kernel is too small. */
export function chooseSplit(
  loops: readonly SplittableLoop[],
  nanoseconds: number,
  { nanosecondsPerThread }: Sharing,
): SplittableLoop | undefined {
  if (nanoseconds < 2 * nanosecondsPerThread) return undefined
  const candidates = loops.filter(({ rounds }) => rounds > 1)
  const costs = candidates.map(({ rounds, repeatedNanoseconds = 0 }, level) => {
    const shared = nanoseconds - repeatedNanoseconds
    const times = threadCounts.map(
      (threads) => threads * (repeatedNanoseconds + (shared * Math.ceil(rounds / threads)) / rounds),
    )
    return times.reduce((sum, time) => sum + time) * (1 + 0.01 * level)
  })
  return candidates[costs.indexOf(Math.min(...costs))]
}

/** Counts for which the loop should do well. */
const threadCounts = [2, 4, 8]
