// A pass from kernel to kernel: what alternates along an axis becomes constant along the two axes it is split into.

import { type AxisRenamer, axisRenamer } from './axis-renamer.ts'
import { axisIndex, type Index } from './indexing.ts'
import type { LoopKernel, LoopStep } from './kernel.ts'
import type { Scalar } from './scalar.ts'
import { indicesOfPart, partsOf } from './traverse.ts'

/**
 * The same loop with every axis x of extent n·d that occurs as ⌊(x + d·…) / d⌋ or (x + d·…) mod d split into n × d, so that the
 * division disappears: places of pooling windows, pixels of an upsampled image.
 */
export function splitDividedAxes(kernel: LoopKernel): LoopKernel {
  let result = kernel
  for (;;) {
    const found = axisToSplit(result)
    if (found === undefined) return result
    result = splitAxis(result, found.axis, found.divisor)
  }
}

interface Split {
  readonly axis: number
  readonly divisor: number
}

function axisToSplit(kernel: LoopKernel): Split | undefined {
  const indices = partsOf(kernel).flatMap(indicesOfPart)
  for (const { terms } of indices)
    for (const { atom } of terms) {
      if (atom.kind !== 'quotient' && atom.kind !== 'remainder') continue
      const { dividend, divisor } = atom
      const alternating = dividend.terms.filter(({ stride }) => stride % divisor !== 0)
      const [term] = alternating
      if (alternating.length !== 1 || term!.stride !== 1 || dividend.constant % divisor !== 0) continue
      if (term!.atom.kind !== 'axis') continue
      const { axis } = term!.atom
      const extent = kernel.extents[axis]
      if (extent !== undefined && extent > divisor && extent % divisor === 0) return { axis, divisor }
    }
  return undefined
}

function splitAxis(kernel: LoopKernel, axis: number, divisor: number): LoopKernel {
  const rank = kernel.extents.length
  const extents = kernel.extents.flatMap((extent, other) => (other === axis ? [extent / divisor, divisor] : [extent]))
  const whole: Index = {
    constant: 0,
    terms: [
      { stride: divisor, atom: { kind: 'axis', axis } },
      { stride: 1, atom: { kind: 'axis', axis: axis + 1 } },
    ],
  }
  const shared = { rank, renamed: new Map<Scalar, Scalar>() }
  const renamers = new Map<string, AxisRenamer>()
  const renamerFor = (own: readonly number[]): AxisRenamer => {
    const known = renamers.get(own.join())
    if (known !== undefined) return known
    const replacements = new Map<number, Index>()
    for (let other = 0; other < rank + own.length; other++)
      replacements.set(other, other === axis ? whole : axisIndex(other > axis ? other + 1 : other))
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
