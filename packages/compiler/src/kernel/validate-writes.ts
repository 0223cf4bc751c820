// What a kernel writes: every element once, and read by itself only where it writes.

import type { Violation } from './constraints.ts'
import { sameIndex } from './indexing.ts'
import type { Buffer, Kernel } from './kernel.ts'
import { isComputed, valueAt, variablesOf } from './point-search.ts'
import { axisName, bufferName } from './print-expressions.ts'
import { type KernelPart, nodesOf, partsOf, rootsOf } from './traverse.ts'

// Up to this many elements are ticked off one by one.
const fewPoints = 20_000

type Writing = KernelPart & { readonly target: NonNullable<KernelPart['target']> }

/** Rules C16 and C17 for one kernel. */
export function checkWrites(buffers: readonly Buffer[], kernel: Kernel, violation: Violation): void {
  const parts = partsOf(kernel)
  const writing = parts.filter((part): part is Writing => part.target !== undefined)
  for (const part of parts) checkOwnReads(buffers, kernel, part, writing, violation)
  // The points of a scatter may meet.
  if (kernel.kind === 'scatter') return
  for (const written of new Set(writing.map(({ target }) => target.buffer)))
    checkDistinct(
      buffers,
      writing.filter(({ target }) => target.buffer === written),
      violation,
    )
}

function checkOwnReads(
  buffers: readonly Buffer[],
  kernel: Kernel,
  part: KernelPart,
  writing: readonly Writing[],
  violation: Violation,
): void {
  for (const node of nodesOf(rootsOf(part))) {
    if (node.kind !== 'load') continue
    for (const { target, extents } of writing) {
      if (target.buffer !== node.buffer) continue
      const isSameElement = sameIndex(target.index, node.index) && extents.join() === part.extents.join()
      if (isSameElement && part.kind !== 'operand' && kernel.kind !== 'scatter') continue
      throw violation('C17', `${part.place} reads ${bufferName(node.buffer, buffers)}, which the kernel writes`)
    }
  }
}

function checkDistinct(buffers: readonly Buffer[], writing: readonly Writing[], violation: Violation): void {
  const { buffer } = writing[0]!.target
  const name = bufferName(buffer, buffers)
  const { size } = buffers[buffer]!
  const points = writing.reduce((sum, part) => sum + pointsOf(part), 0)
  if (points > size) throw violation('C16', `writes ${points} times to the ${size} elements of ${name}`)
  for (const { place, axes, extents, target } of writing) {
    if (!isComputed(target.index) || axes.some((axis) => extents[axis] === 0)) continue
    const used = variablesOf([target.index], extents)
    const idle = axes.find((axis) => extents[axis]! > 1 && !used.has(axis))
    if (idle !== undefined) throw violation('C16', `${place} writes ${name} alike for every ${axisName(idle)}`)
  }
  if (points > fewPoints || !writing.every(({ target }) => isComputed(target.index))) return
  const seen = new Set<number>()
  for (const part of writing)
    for (const element of elementsOf(part)) {
      if (seen.has(element)) throw violation('C16', `writes element ${element} of ${name} twice`)
      seen.add(element)
    }
}

function pointsOf({ axes, extents }: KernelPart): number {
  return axes.reduce((points, axis) => points * extents[axis]!, 1)
}

/** The elements that a part writes, one per point. */
function elementsOf({ axes, extents, target }: Writing): number[] {
  const elements: number[] = []
  const point = new Map<number, number>()
  const visit = (place: number): void => {
    const axis = axes[place]
    if (axis === undefined) {
      elements.push(valueAt(target.index, point))
      return
    }
    for (let value = 0; value < extents[axis]!; value++) {
      point.set(axis, value)
      visit(place + 1)
    }
  }
  visit(0)
  return elements
}
