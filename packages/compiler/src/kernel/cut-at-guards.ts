// A pass from kernel to kernels: what is put together from pieces side by side is computed piece by piece.

import { type Condition, rangeOfIndex } from './indexing.ts'
import type { LoopKernel } from './kernel.ts'
import { partOf } from './split-axes.ts'
import { nodesOf, partsOf, rootsOf } from './traverse.ts'

/** Parts of fewer points are not worth a kernel. */
const fewestPoints = 4096

/** Nor are those that are a smaller part of an axis, such as what pads an image. */
const smallestShare = 1 / 8

/** The same loop, cut where the guards of its expressions begin or cease to hold, all across an axis: the parts do without them. */
export function cutAtGuards(kernel: LoopKernel): LoopKernel[] {
  const points = kernel.extents.reduce((product, extent) => product * extent, 1)
  if (points < 2 * fewestPoints) return [kernel]
  for (const node of nodesOf(partsOf(kernel).flatMap(rootsOf))) {
    if (node.kind !== 'guard') continue
    for (const condition of node.conditions) {
      const cut = cutOf(condition, kernel.extents)
      if (cut === undefined) continue
      const { axis, place } = cut
      const extent = kernel.extents[axis]!
      const smaller = Math.min(place, extent - place) / extent
      if (smaller < smallestShare || smaller * points < fewestPoints) continue
      return [...cutAtGuards(partOf(kernel, axis, 0, place)), ...cutAtGuards(partOf(kernel, axis, place, extent))]
    }
  }
  return [kernel]
}

/** A place of an axis from which on a condition holds, or no longer does, whatever the other axes are. */
function cutOf(
  { index, low, high, divisor = 1 }: Condition,
  extents: readonly number[],
): { axis: number; place: number } | undefined {
  if (divisor > 1) return undefined
  for (const term of index.terms) {
    const { stride, atom } = term
    if (atom.kind !== 'axis' || stride < 0 || extents[atom.axis] === undefined) continue
    const rest = { ...index, terms: index.terms.filter((other) => other !== term) }
    if (rest.terms.some((other) => other.atom.kind !== 'axis' || extents[other.atom.axis] === undefined)) continue
    const range = rangeOfIndex(rest, extents)
    for (const bound of [low, high]) {
      const place = Math.ceil((bound - range.low) / stride)
      if (place === Math.ceil((bound - range.high) / stride) && place > 0 && place < extents[atom.axis]!)
        return { axis: atom.axis, place }
    }
  }
  return undefined
}
