// A pass from kernel to kernel: what alternates along an axis becomes constant along the two axes it is split into.

import { type AxisRenamer, axisRenamer } from './axis-renamer.ts'
import { axisIndex, type Index } from './indexing.ts'
import type { LoopKernel, LoopStep } from './kernel.ts'
import type { Scalar } from './scalar.ts'
import { indicesByPart } from './traverse.ts'

/** Loops of fewer points are not cut: another kernel costs more than divisions. */
const fewPoints = 16_384

/**
 * The same loop with every axis x of extent n·d that occurs as ⌊(x + d·…) / d⌋ or (x + d·…) mod d split into n × d, so that the
 * division disappears: places of pooling windows, pixels of an upsampled image. An axis that is no whole number of d long is cut
 * behind the last whole one; what is left over is a loop of its own.
 */
export function splitDividedAxes(kernel: LoopKernel): LoopKernel[] {
  const divided = dividedAxes(kernel)
  const whole = divided.find(({ axis, divisor }) => kernel.extents[axis]! % divisor === 0)
  if (whole !== undefined) return splitDividedAxes(splitAxis(kernel, whole))
  const [uneven] = divided
  if (uneven === undefined || kernel.extents.reduce((points, extent) => points * extent) < fewPoints) return [kernel]
  const { axis, divisor } = uneven
  const extent = kernel.extents[axis]!
  const end = extent - (extent % divisor)
  return [...splitDividedAxes(partOf(kernel, axis, 0, end)), ...splitDividedAxes(partOf(kernel, axis, end, extent))]
}

interface DividedAxis {
  readonly axis: number
  readonly divisor: number
}

function dividedAxes(kernel: LoopKernel): DividedAxis[] {
  const found: DividedAxis[] = []
  for (const { terms } of indicesByPart(kernel).flat())
    for (const { atom } of terms) {
      if (atom.kind !== 'quotient' && atom.kind !== 'remainder') continue
      const { dividend, divisor } = atom
      const alternating = dividend.terms.filter(({ stride }) => stride % divisor !== 0)
      const [term] = alternating
      if (alternating.length !== 1 || term!.stride !== 1 || dividend.constant % divisor !== 0) continue
      if (term!.atom.kind !== 'axis') continue
      const { axis } = term!.atom
      const extent = kernel.extents[axis]
      if (extent !== undefined && extent > divisor) found.push({ axis, divisor })
    }
  return found
}

/** The points from `start` to before `end` of an axis. */
export function partOf(kernel: LoopKernel, axis: number, start: number, end: number): LoopKernel {
  const place: Index = { constant: start, terms: [{ stride: 1, atom: { kind: 'axis', axis } }] }
  const extents = kernel.extents.with(axis, end - start)
  return withAxes(kernel, extents, (other) => (other === axis ? place : axisIndex(other)))
}

function splitAxis(kernel: LoopKernel, { axis, divisor }: DividedAxis): LoopKernel {
  const extents = kernel.extents.flatMap((extent, other) => (other === axis ? [extent / divisor, divisor] : [extent]))
  const whole: Index = {
    constant: 0,
    terms: [
      { stride: divisor, atom: { kind: 'axis', axis } },
      { stride: 1, atom: { kind: 'axis', axis: axis + 1 } },
    ],
  }
  return withAxes(kernel, extents, (other) => (other === axis ? whole : axisIndex(other > axis ? other + 1 : other)))
}

/** The kernel over other points: `replacement` stands for each of its axes, and for those of its reductions. */
function withAxes(kernel: LoopKernel, extents: readonly number[], replacement: (axis: number) => Index): LoopKernel {
  const rank = kernel.extents.length
  const shared = { rank, renamed: new Map<Scalar, Scalar>() }
  const renamers = new Map<string, AxisRenamer>()
  const renamerFor = (own: readonly number[]): AxisRenamer => {
    const known = renamers.get(own.join())
    if (known !== undefined) return known
    const replacements = new Map<number, Index>()
    for (let axis = 0; axis < rank + own.length; axis++) replacements.set(axis, replacement(axis))
    const renamer = axisRenamer({ replacements, extents: [...extents, ...own] }, shared)
    renamers.set(own.join(), renamer)
    return renamer
  }
  const steps = kernel.steps.map((step): LoopStep => {
    const renamer = renamerFor(step.extents)
    const value = renamer.scalar(step.value)
    return step.kind === 'reduce' ? { ...step, value } : { ...step, value, index: renamer.index(step.index) }
  })
  return { ...kernel, extents, steps }
}
