// Transposes read (or write) along one axis and write (read) along another. Points are then visited in strips as wide as a
// cache line along the second one, so that a line is used as a whole while it is there.

import type { Index, LoopKernel } from '@neurite/compiler/kernel'
import { type Facts, loadsIn } from '../expression/facts.ts'
import { strideAlong } from './cost.ts'
import type { StepGroup } from './step-groups.ts'

/** Points of a strip: float32 elements of a cache line. */
export const stripPoints = 16

// Below, what is visited stays in the cache anyway.
const fewElements = 4096

/** The axis along which strips are to be taken when vectors lie along `vectorAxis`; undefined if that gains nothing. */
export function stripAxis(
  { extents }: LoopKernel,
  groups: readonly StepGroup[],
  facts: Facts,
  vectorAxis: number,
): number | undefined {
  if (groups.some((group) => group.extents.length > 0)) return undefined
  const accesses = groups.flatMap(({ work }) => [
    ...loadsIn(work.values).map(({ index }) => index),
    ...work.targets.map(({ index }) => index),
  ])
  const isContiguous = (index: Index, axis: number): boolean => Math.abs(strideAlong(index, axis, facts) ?? 0) === 1
  const crossing = accesses.filter((index) => Math.abs(strideAlong(index, vectorAxis, facts) ?? 0) >= stripPoints)
  const found = extents.findIndex(
    (extent, axis) =>
      axis !== vectorAxis &&
      extent >= stripPoints &&
      extent * extents[vectorAxis]! > fewElements &&
      crossing.some((index) => isContiguous(index, axis)),
  )
  return found < 0 ? undefined : found
}
