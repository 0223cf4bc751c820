// Chooses the axis along which the lanes of vectors lie: one of the kernel's own, so that neighbouring points are computed
// together, or for every group of steps one of theirs, so that a point is computed by four lanes.

import type { LoopKernel } from '@neurite/compiler/kernel'
import type { Facts } from '../expression/facts.ts'
import { canVectorize, costOfRound } from './cost.ts'
import type { StepGroup } from './step-groups.ts'

export type LoopPlan = {
  /** Of all rounds, in simple instructions. */
  readonly cost: number
} & /** The lanes are four points along this axis of the kernel. */ (
  | { readonly kind: 'points'; readonly axis: number }
  /** The lanes lie along an axis of each group of steps; undefined where it has none that will do. */
  | { readonly kind: 'steps'; readonly axes: readonly (number | undefined)[] }
)

/** Of what happens once per point after a reduction by lanes. */
const costOfJoiningLanes = 12
/** Of entering and leaving a loop. */
const costOfLoop = 4

export function planLoop({ extents }: LoopKernel, groups: readonly StepGroup[], facts: Facts): LoopPlan {
  const points = product(extents)
  const own = groups.map((group) => bestOwnAxis(group, extents.length, facts))
  const costOfSteps = own.reduce((sum, { cost }) => sum + points * cost, 0)
  let plan: LoopPlan = { kind: 'steps', axes: own.map(({ axis }) => axis), cost: costOfSteps }
  extents.forEach((extent, axis) => {
    if (!groups.every((group) => canVectorize(group, facts, axis))) return
    const chunks = (points / extent) * Math.ceil(extent / 4)
    const cost = groups.reduce(
      (sum, group) => sum + chunks * (product(group.extents) * costOfRound(group, facts, axis) + loopCost(group)),
      // Of equal axes the innermost: its neighbours lie closest.
      -1e-6 * axis,
    )
    if (cost < plan.cost) plan = { kind: 'points', axis, cost }
  })
  return plan
}

function bestOwnAxis(group: StepGroup, rank: number, facts: Facts): { axis: number | undefined; cost: number } {
  const { extents } = group
  const rounds = product(extents)
  let best: { axis: number | undefined; cost: number } = {
    axis: undefined,
    cost: rounds * costOfRound(group, facts, undefined) + loopCost(group),
  }
  const isOrdered = group.kind === 'reduce' && group.steps.some(({ step }) => step.combine === 'argMax')
  extents.forEach((extent, place) => {
    // The first of equal values is found only if they are visited in order.
    if (isOrdered && place < extents.length - 1) return
    const axis = rank + place
    if (!canVectorize(group, facts, axis)) return
    const joining = group.kind === 'reduce' ? costOfJoiningLanes * group.steps.length : 0
    const chunks = (rounds / extent) * Math.ceil(extent / 4)
    const cost = chunks * costOfRound(group, facts, axis) + joining + loopCost(group) - 1e-6 * place
    if (cost < best.cost) best = { axis, cost }
  })
  return best
}

function loopCost({ extents }: StepGroup): number {
  return costOfLoop * extents.length
}

export function product(factors: readonly number[]): number {
  return factors.reduce((total, factor) => total * factor, 1)
}
