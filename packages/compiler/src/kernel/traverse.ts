// Walks through kernels and their expressions. Nodes are shared by identity and visited once.

import type { Index } from './indexing.ts'
import type { Kernel, Store } from './kernel.ts'
import type { Scalar } from './scalar.ts'

/** One expression of a kernel with the axes it may use and, if it is stored, where. */
export interface KernelPart {
  /** For messages: `step 1 (store)`, `left`. */
  readonly place: string
  readonly kind: 'reduce' | 'store' | 'scatter' | 'operand'
  /** The step's number; 0 elsewhere. Parts of steps below it are done before. */
  readonly step: number
  /** Extents by axis number. */
  readonly extents: readonly number[]
  /** The axes that the part runs through. */
  readonly axes: readonly number[]
  readonly value: Scalar
  readonly target?: { readonly buffer: number; readonly index: Index }
}

/** The parts of a kernel in the order in which they run. */
export function partsOf(kernel: Kernel): readonly KernelPart[] {
  switch (kernel.kind) {
    case 'loop':
      return kernel.steps.map((step, number) => {
        const { kind, value } = step
        const extents = [...kernel.extents, ...step.extents]
        const axes = ascending(extents.length)
        const place = `step ${number} (${kind})`
        if (kind === 'reduce') return { place, kind, step: number, extents, axes, value }
        return { place, kind, step: number, extents, axes, value, target: step }
      })
    case 'contraction':
      return contractionParts(kernel.batch, kernel.rows, kernel.columns, kernel.depth, kernel)
    case 'scatter': {
      const { extents, value } = kernel
      return [
        { place: 'scatter', kind: 'scatter', step: 0, extents, axes: ascending(extents.length), value, target: kernel },
      ]
    }
  }
}

function contractionParts(
  batch: readonly number[],
  rows: readonly number[],
  columns: readonly number[],
  depth: readonly number[],
  { left, right, stores }: { readonly left: Scalar; readonly right: Scalar; readonly stores: readonly Store[] },
): KernelPart[] {
  const outer = [...batch, ...rows, ...columns]
  const extents = [...outer, ...depth]
  const afterRows = batch.length + rows.length
  const all = ascending(extents.length)
  const leftAxes = all.filter((axis) => axis < afterRows || axis >= outer.length)
  const rightAxes = all.filter((axis) => axis < batch.length || axis >= afterRows)
  return [
    { place: 'left', kind: 'operand', step: 0, extents, axes: leftAxes, value: left },
    { place: 'right', kind: 'operand', step: 0, extents, axes: rightAxes, value: right },
    ...stores.map((store, number): KernelPart => {
      const own = [...outer, ...store.extents]
      const axes = ascending(own.length)
      return { place: `store ${number}`, kind: 'store', step: 1, extents: own, axes, value: store.value, target: store }
    }),
  ]
}

const ascendings: (readonly number[])[] = []

/** 0, 1, 2, … */
function ascending(count: number): readonly number[] {
  ascendings[count] ??= Array.from({ length: count }, (_, i) => i)
  return ascendings[count]
}

/** The indices in a node itself: of a load or a counter, or of a guard's conditions. */
export function ownIndices(scalar: Scalar): readonly Index[] {
  switch (scalar.kind) {
    case 'index':
    case 'load':
      return [scalar.index]
    case 'guard':
      return scalar.conditions.map(({ index }) => index)
    case 'constant':
    case 'apply':
    case 'result':
      return none
  }
}

const none: readonly never[] = []

// Nearly every index is, so most questions end here.
function isAffine({ terms }: Index): boolean {
  for (let place = 0; place < terms.length; place++) if (terms[place]!.atom.kind !== 'axis') return false
  return true
}

/** The index and every index inside its quotients and remainders, though not those of values that it looks up. */
export function nestedIndices(index: Index): readonly Index[] {
  if (isAffine(index)) return [index]
  return [index, ...index.terms.flatMap(({ atom }) => ('dividend' in atom ? nestedIndices(atom.dividend) : []))]
}

/** The values that an index looks up in tensors. */
export function valuesIn(index: Index): readonly Scalar[] {
  if (isAffine(index)) return none
  return nestedIndices(index).flatMap(({ terms }) => terms.flatMap(({ atom }) => ('value' in atom ? [atom.value] : [])))
}

/** The nodes directly below: operands, a guard's value, and what the node's indices look up. */
export function childrenOf(scalar: Scalar): readonly Scalar[] {
  switch (scalar.kind) {
    case 'constant':
    case 'result':
      return none
    case 'index':
    case 'load':
      return valuesIn(scalar.index)
    case 'apply':
      return scalar.operands
    case 'guard':
      return [...scalar.conditions.flatMap(({ index }) => valuesIn(index)), scalar.value]
  }
}

/** Every node of some expressions once, each after those below it. */
export function nodesOf(roots: readonly Scalar[]): readonly Scalar[] {
  if (roots.length === 1) return nodesBelow(roots[0]!)
  const found = new Set<Scalar>()
  for (const root of roots) for (const node of nodesBelow(root)) found.add(node)
  return [...found]
}

// Several stages ask, and an expression never changes.
const knownNodes = new WeakMap<Scalar, readonly Scalar[]>()

function nodesBelow(root: Scalar): readonly Scalar[] {
  let nodes = knownNodes.get(root)
  if (nodes !== undefined) return nodes
  const found = new Set<Scalar>()
  const visit = (scalar: Scalar): void => {
    if (found.has(scalar)) return
    childrenOf(scalar).forEach(visit)
    found.add(scalar)
  }
  visit(root)
  nodes = [...found]
  knownNodes.set(root, nodes)
  return nodes
}

// Splitting and collapsing ask, mostly about the same kernel.
const knownIndices = new WeakMap<Kernel, readonly (readonly Index[])[]>()

/** By part of a kernel every index: of its loads, counters and conditions and of its target, with those nested inside. */
export function indicesByPart(kernel: Kernel): readonly (readonly Index[])[] {
  let indices = knownIndices.get(kernel)
  if (indices === undefined) {
    indices = partsOf(kernel).map(indicesOfPart)
    knownIndices.set(kernel, indices)
  }
  return indices
}

/** Those of one part. */
export function indicesOfPart(part: KernelPart): readonly Index[] {
  const indices: Index[] = part.target === undefined ? [] : [...nestedIndices(part.target.index)]
  const nodes = nodesOf(rootsOf(part))
  for (let i = 0; i < nodes.length; i++)
    for (const index of ownIndices(nodes[i]!))
      if (isAffine(index)) indices.push(index)
      else indices.push(...nestedIndices(index))
  return indices
}

/** The expressions that a part evaluates: its value, and what the index of its target looks up. */
export function rootsOf({ value, target }: KernelPart): readonly Scalar[] {
  return target === undefined ? [value] : [value, ...valuesIn(target.index)]
}

interface Access {
  readonly reads: ReadonlySet<number>
  readonly writes?: number
}

// Several stages ask, and a kernel never changes.
const knownAccesses = new WeakMap<Kernel, readonly Access[]>()

/** The buffers that each part of a kernel reads and the one that it writes then, in order. */
export function accessesOf(kernel: Kernel): readonly Access[] {
  let accesses = knownAccesses.get(kernel)
  if (accesses === undefined) {
    accesses = partsOf(kernel).map((part) => {
      const reads = new Set<number>()
      for (const node of nodesOf(rootsOf(part))) if (node.kind === 'load') reads.add(node.buffer)
      return part.target === undefined ? { reads } : { reads, writes: part.target.buffer }
    })
    knownAccesses.set(kernel, accesses)
  }
  return accesses
}
