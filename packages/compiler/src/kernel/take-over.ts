// Elementwise kernels may write their result over what they read, as long as every element is read before it is written.

import { bytesPerElement } from './dtype.ts'
import { type Index, sameIndex } from './indexing.ts'
import type { Buffer, Kernel, Repeat } from './kernel.ts'
import type { Span } from './lifetimes.ts'
import { type KernelPart, nodesOf, partsOf, rootsOf } from './traverse.ts'

/**
 * Whether `result`, which a kernel writes, may lie on the bytes of `operand`, which nobody needs after it: every part of the kernel that reads the operand does so at the
 * very element that the kernel writes there, and no later than it is written. All elements of the result are written.
 */
export function mayTakeOver(
  kernel: Kernel,
  buffers: readonly Pick<Buffer, 'dtype' | 'size'>[],
  operand: number,
  result: number,
): boolean {
  const [a, b] = [buffers[operand]!, buffers[result]!]
  if (kernel.kind !== 'loop' || a.size !== b.size || bytesPerElement[a.dtype] !== bytesPerElement[b.dtype]) return false
  const parts = partsOf(kernel)
  const writing = parts.filter(({ target }) => target?.buffer === result)
  const [first] = writing
  if (writing.length !== 1 || first === undefined || readsBuffer(parts, result)) return false
  // Elements that are not written would show what was there before.
  if (first.extents.reduce((points, extent) => points * extent, 1) !== b.size) return false
  const end = endOfRun(parts, first)
  return parts.every((part) => {
    const indices = indicesInto(part, operand)
    // What the kernel itself puts into the operand is there before the result comes.
    if (part.target?.buffer === operand) {
      if (part.step >= first.step) return false
      indices.push(part.target.index)
    }
    if (indices.length === 0) return true
    if (part.step > end || part.extents.join() !== first.extents.join()) return false
    return indices.every((index) => sameIndex(index, first.target!.index))
  })
}

/** The last step of the consecutive stores that are found together with a store. */
function endOfRun(parts: readonly KernelPart[], store: KernelPart): number {
  let end = store.step
  for (const { kind, step, extents } of parts)
    if (step === end + 1 && kind === 'store' && extents.join() === store.extents.join()) end = step
  return end
}

function readsBuffer(parts: readonly KernelPart[], buffer: number): boolean {
  return parts.some((part) => indicesInto(part, buffer).length > 0)
}

function indicesInto(part: KernelPart, buffer: number): Index[] {
  return nodesOf(rootsOf(part)).flatMap((node) => (node.kind === 'load' && node.buffer === buffer ? [node.index] : []))
}

/** For every buffer the one whose bytes it takes over, at the kernel where the one ends and the other begins. */
export function takenOver(
  buffers: readonly Pick<Buffer, 'role' | 'dtype' | 'size'>[],
  kernels: readonly Kernel[],
  repeats: readonly Repeat[],
  spans: readonly (Span | undefined)[],
): ReadonlyMap<number, number> {
  const heirs = new Map<number, number>()
  const beginning = kernels.map((): number[] => [])
  const ending = kernels.map((): number[] => [])
  spans.forEach((span, buffer) => {
    const { role } = buffers[buffer]!
    if (span === undefined) return
    if (role === 'temporary' || role === 'output') beginning[span.first]?.push(buffer)
    if (role === 'temporary' || role === 'input') ending[span.last]?.push(buffer)
  })
  kernels.forEach((kernel, number) => {
    // What a round leaves another round may need.
    if (kernel.kind !== 'loop' || repeats.some(({ first, last }) => first <= number && number <= last)) return
    const involved = new Set<number>()
    for (const result of beginning[number]!) {
      if (involved.has(result)) continue
      const operand = ending[number]!.find(
        (other) => other !== result && !involved.has(other) && mayTakeOver(kernel, buffers, other, result),
      )
      if (operand === undefined) continue
      heirs.set(result, operand)
      involved.add(operand).add(result)
    }
  })
  return heirs
}
