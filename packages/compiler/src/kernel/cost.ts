// How much a kernel computes and moves: for explanations, and to tell how near a machine comes to what it can do.

import { bytesPerElement } from './dtype.ts'
import { type Index, sameIndex } from './indexing.ts'
import type { Buffer, Kernel, Program } from './kernel.ts'
import { variablesOf } from './point-search.ts'
import { type KernelPart, nodesOf, partsOf, rootsOf } from './traverse.ts'

export interface KernelCost {
  /** Operations on scalars; each counts 1, also exp, division and cast. */
  readonly operations: number
  /** Bytes of the distinct elements that are loaded. */
  readonly bytesRead: number
  /** Bytes of the distinct elements that are stored. */
  readonly bytesWritten: number
}

/**
 * What running a kernel costs, however it is run.
 *
 * A part is counted once for each of its points, an expression that it shares once; a reduction adds one operation per
 * point, a contraction 2 · batch · rows · columns · depth. Its operands are counted once per element, as they are packed. A load reads as many
 * elements as its index can take values: at most one for each combination of the axes it uses, and never more than the buffer
 * has. Loads of the same elements count once. What guards leave out is not subtracted.
 */
export function costOf(kernel: Kernel, buffers: readonly Buffer[]): KernelCost {
  const parts = partsOf(kernel)
  const sumOfProducts = kernel.kind === 'contraction' ? 2 * product(allExtents(kernel)) : 0
  const operations = parts.reduce((sum, part) => sum + operationsOf(part), sumOfProducts)
  const reads = parts.flatMap((part) =>
    nodesOf(rootsOf(part)).flatMap((node) => (node.kind === 'load' ? [accessTo(node.buffer, node.index, part)] : [])),
  )
  const writes = parts.flatMap((part) => (part.target ? [accessTo(part.target.buffer, part.target.index, part)] : []))
  // A scatter clears the whole buffer first.
  const bytesWritten = kernel.kind === 'scatter' ? bytesOf(buffers[kernel.buffer]!) : bytesTouched(writes, buffers)
  return { operations, bytesRead: bytesTouched(reads, buffers), bytesWritten }
}

/** The costs of all kernels of a program together. */
export function costOfProgram({ kernels, repeats, buffers }: Program): KernelCost {
  const costs = kernels.map((kernel, number) => times(roundsOf(number, repeats), costOf(kernel, buffers)))
  const sum = (count: (cost: KernelCost) => number): number => costs.reduce((total, cost) => total + count(cost), 0)
  return {
    operations: sum((cost) => cost.operations),
    bytesRead: sum((cost) => cost.bytesRead),
    bytesWritten: sum((cost) => cost.bytesWritten),
  }
}

/** How often a kernel runs. */
export function roundsOf(kernel: number, repeats: Program['repeats'] = []): number {
  return repeats.find(({ first, last }) => first <= kernel && kernel <= last)?.count ?? 1
}

function times(count: number, { operations, bytesRead, bytesWritten }: KernelCost): KernelCost {
  return { operations: count * operations, bytesRead: count * bytesRead, bytesWritten: count * bytesWritten }
}

function allExtents({ batch, rows, columns, depth }: Kernel & { readonly kind: 'contraction' }): number[] {
  return [...batch, ...rows, ...columns, ...depth]
}

function operationsOf(part: KernelPart): number {
  const applied = nodesOf(rootsOf(part)).filter(({ kind }) => kind === 'apply').length
  const combined = part.kind === 'reduce' || part.kind === 'scatter' ? 1 : 0
  return (applied + combined) * pointsOf(part)
}

function pointsOf({ axes, extents }: KernelPart): number {
  return product(axes.map((axis) => extents[axis]!))
}

function product(factors: readonly number[]): number {
  return factors.reduce((total, factor) => total * factor, 1)
}

function bytesOf({ size, dtype }: Buffer): number {
  return size * bytesPerElement[dtype]
}

interface Access {
  readonly buffer: number
  readonly index: Index
  /** Number of values that each axis or look-up in the index takes. */
  readonly counts: readonly number[]
  readonly elements: number
}

function accessTo(buffer: number, index: Index, part: KernelPart): Access {
  const counts = [...variablesOf([index], part.extents).values()]
  return { buffer, index, counts, elements: pointsOf(part) === 0 ? 0 : product(counts) }
}

function bytesTouched(accesses: readonly Access[], buffers: readonly Buffer[]): number {
  const distinct: Access[] = []
  for (const access of accesses) if (!distinct.some((other) => isSameAccess(other, access))) distinct.push(access)
  return buffers.reduce((total, buffer, number) => {
    const own = distinct.filter((access) => access.buffer === number)
    const elements = own.reduce((sum, access) => sum + access.elements, 0)
    return total + Math.min(elements, buffer.size) * bytesPerElement[buffer.dtype]
  }, 0)
}

function isSameAccess(a: Access, b: Access): boolean {
  return a.buffer === b.buffer && a.counts.join() === b.counts.join() && sameIndex(a.index, b.index)
}
