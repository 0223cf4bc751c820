// How many threads the programs of all backends use.

import { maximumThreads } from './control-block.ts'
import { canHaveThreads, processors } from './environment.ts'

let count: number | undefined

/**
 * Sets how many threads run large programs. The one that starts them is among them, except in a page, whose own thread must not wait: there
 * all are workers. They are started when a program is first worth it; results do not depend on their number. Where there can
 * be no other threads (in pages that are not cross-origin isolated, where a policy forbids workers) one thread does all.
 * @param threads from 1 to 64. Default: half the processors (both of two), at most 8; in browsers one less.
 * @throws RangeError if it is no such number
 */
export function setThreads(threads: number): void {
  checkThreads('setThreads', threads)
  count = threads
}

export function checkThreads(caller: string, threads: number): void {
  if (!Number.isInteger(threads) || threads < 1 || threads > maximumThreads)
    throw new RangeError(`${caller}: ${threads} threads are asked for, not a whole number from 1 to ${maximumThreads}.`)
}

/** How many threads run large programs: what `setThreads` was last given or the default; 1 where there can be no more. */
export function getThreads(): number {
  if (!canHaveThreads()) return 1
  count ??= defaultThreads(processors())
  return count
}

/** A processor is often half a core, and arithmetic gains nothing from its other half. */
export function defaultThreads({ count, isBrowser }: ReturnType<typeof processors>): number {
  const cores = Math.min(8, count <= 2 ? count : Math.ceil(count / 2))
  return Math.max(1, isBrowser ? cores - 1 : cores)
}
