// How many chunks of four points a loop works on at once.

import { childrenOf, type Scalar } from '@neurite/compiler/kernel'
import { bit, type Facts } from '../expression/facts.ts'
import { isInlineable } from '../expression/vector-functions.ts'
import { costOfRound } from './cost.ts'
import type { StepGroup } from './step-groups.ts'

/** Rounds up to this cost are little more than loads and stores. */
export const cheapRound = 10
const fewInstructions = 24

// Cheap loops are worth doing two chunks at a time along axes of at least this extent.
const longAxis = 64

// Reductions up to this cost wait for memory, which is read best in pieces of two cache lines.
const bareReduction = 6
const twoCacheLines = 8

/** Where the chunks lie, and whether elementary functions are written in place. */
export interface ChunkedLoop {
  readonly facts: Facts
  readonly axis: number
  readonly inlinesFunctions: boolean
}

/**
 * Chunks of a loop over points in which some groups of steps run. Several columns of a reduction are added up side by side, if that is cheap:
 * their chains do not wait for each other, whatever is done with the results. Where nothing is reduced, two chunks spare long cheap loops
 * half of their counting.
 */
export function chunksOfPoints(groups: readonly StepGroup[], extent: number, loop: ChunkedLoop): number {
  const reductions = groups.filter(({ kind }) => kind === 'reduce')
  const cost = costOf(reductions.length > 0 ? reductions : groups, loop)
  if (reductions.length > 0) return cost <= bareReduction ? twoCacheLines : chunksOfChains(cost + 2)
  if (extent < longAxis) return 1
  return cost <= cheapRound ? 2 : chunksOfFunctions(groups, loop)
}

/** Chunks of a group's own loop: enough that cheap rounds do not wait for their accumulators. */
export function chunksOfGroup(group: StepGroup, loop: ChunkedLoop): number {
  const chains = group.kind === 'reduce' ? chunksOfChains(costOf([group], loop) + 2 * group.steps.length) : 1
  return Math.max(chains, chunksOfFunctions([group], loop))
}

function chunksOfChains(cost: number): number {
  if (cost <= cheapRound) return 4
  return cost <= fewInstructions ? 2 : 1
}

/** An elementary function is one long chain, so that several are faster side by side, until they run out of registers. */
function chunksOfFunctions(groups: readonly StepGroup[], loop: ChunkedLoop): number {
  if (!loop.inlinesFunctions || !groups.some(({ work }) => haveFunctions(work.values, loop))) return 1
  const cost = costOf(groups, loop)
  if (cost <= 40) return 4
  return cost <= 100 ? 3 : 2
}

function costOf(groups: readonly StepGroup[], { facts, axis }: ChunkedLoop): number {
  return Math.max(...groups.map((group) => costOfRound(group, facts, axis)))
}

/** Whether elementary functions are computed of what varies along the axis. */
function haveFunctions(values: readonly Scalar[], { facts, axis }: ChunkedLoop): boolean {
  const seen = new Set<Scalar>()
  const has = (node: Scalar): boolean => {
    if (seen.has(node) || (facts.axesOf(node) & bit(axis)) === 0) return false
    seen.add(node)
    return (node.kind === 'apply' && isInlineable(node.op)) || childrenOf(node).some(has)
  }
  return values.some(has)
}
