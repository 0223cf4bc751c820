// The order in which an interpreter runs kernels: repeats in rounds, with the views of each round.

import type { TypedArray } from './dtype.ts'
import { type Program, type View, viewPosition } from './kernel.ts'
import type { Action } from './loop-nest.ts'
import { accessesOf } from './traverse.ts'

/** One array per buffer of a program. */
type Memory = readonly TypedArray[]

/**
 * Runs all kernels once per call, `actions[k]` being kernel k. In each of `memories` a view has an array of its own: what it shows is
 * copied into it before a kernel uses it, and back after a kernel has written it.
 */
export function kernelRuns(program: Program, memories: readonly Memory[], actions: readonly Action[]): Action {
  const { repeats = [] } = program
  const steps = actions.map((action, number) => withViews(program, memories, number, action))
  return () => {
    let number = 0
    for (const { first, last, count } of repeats) {
      for (; number < first; number++) steps[number]!(0)
      for (let round = 0; round < count; round++) for (let k = first; k <= last; k++) steps[k]!(round)
      number = last + 1
    }
    for (; number < steps.length; number++) steps[number]!(0)
  }
}

function withViews(
  { buffers, kernels }: Program,
  memories: readonly Memory[],
  number: number,
  action: Action,
): (round: number) => void {
  const shown: { readonly view: View; readonly buffer: number; readonly isWritten: boolean }[] = []
  for (const { reads, writes } of accessesOf(kernels[number]!))
    for (const buffer of writes === undefined ? reads : [...reads, writes]) {
      const { view } = buffers[buffer]!
      if (view !== undefined) shown.push({ view, buffer, isWritten: buffer === writes })
    }
  if (shown.length === 0) return action
  return (round) => {
    for (const memory of memories)
      for (const { view, buffer } of shown) {
        const start = viewPosition(view, round)
        memory[buffer]!.set(memory[view.of]!.subarray(start, start + memory[buffer]!.length))
      }
    action()
    for (const memory of memories)
      for (const { view, buffer, isWritten } of shown)
        if (isWritten) memory[view.of]!.set(memory[buffer]!, viewPosition(view, round))
  }
}
