// A pass from kernel to kernel: fewer, longer axes, so that every backend sees simple loops. Nothing is reordered.

import { type AxisRenamer, type AxisRenaming, axisRenamer } from './axis-renamer.ts'
import { axisIndex, type Index } from './indexing.ts'
import type { ContractionKernel, Kernel, LoopKernel, LoopStep, ScatterKernel, Store } from './kernel.ts'
import type { Scalar } from './scalar.ts'
import { indicesByPart } from './traverse.ts'

/**
 * The same kernel without axes of extent 1, and with neighbouring axes i, j joined into one of extent nᵢ·nⱼ where every index
 * of the kernel, also inside quotients, look-ups and conditions, has strideᵢ = nⱼ · strideⱼ.
 */
export function collapseAxes<K extends Kernel>(kernel: K): K {
  if (collapsed.has(kernel)) return kernel
  const result = collapse(kernel) as K
  collapsed.add(result)
  return result
}

// Compilers collapse what they lower and backends what they are given: mostly the same kernels.
const collapsed = new WeakSet<Kernel>()

function collapse(kernel: Kernel): Kernel {
  switch (kernel.kind) {
    case 'loop':
      return collapseLoop(kernel)
    case 'contraction':
      return collapseContraction(kernel)
    case 'scatter':
      return collapseScatter(kernel)
  }
}

/** An axis that stays: the innermost of those it stands for, and their extents multiplied. */
interface Kept {
  readonly axis: number
  readonly extent: number
}

/** Joins the axes `first`, `first + 1`, … of the given extents as far as all `indices` allow. */
function joinAxes(first: number, extents: readonly number[], indices: readonly Index[]): Kept[] {
  const kept: Kept[] = []
  extents.forEach((extent, i) => {
    if (extent === 1) return
    const axis = first + i
    const outer = kept.at(-1)
    if (outer !== undefined && indices.every((index) => strideOf(index, outer.axis) === extent * strideOf(index, axis)))
      kept[kept.length - 1] = { axis, extent: outer.extent * extent }
    else kept.push({ axis, extent })
  })
  return kept
}

function strideOf(index: Index, axis: number): number {
  return index.terms.find(({ atom }) => atom.kind === 'axis' && atom.axis === axis)?.stride ?? 0
}

/** The kept axes numbered in order. */
function renamingTo(kept: readonly Kept[]): AxisRenaming {
  return { replacements: new Map(kept.map(({ axis }, place) => [axis, axisIndex(place)])), extents: extentsOf(kept) }
}

function extentsOf(kept: readonly Kept[]): number[] {
  return kept.map(({ extent }) => extent)
}

/** Parts share indices. */
function indicesOf(byPart: readonly (readonly Index[])[]): readonly Index[] {
  return [...new Set(byPart.flat())]
}

/** What becomes of the axes that steps of the same extents add. */
interface StepPlan {
  readonly inner: readonly Kept[]
  readonly rename: AxisRenamer
}

function collapseLoop(kernel: LoopKernel): LoopKernel {
  const indices = indicesByPart(kernel)
  const outer = joinAxes(0, kernel.extents, indicesOf(indices))
  const plans = planSteps(kernel, indices, outer)
  const isCollapsed = kernel.steps.every(({ extents }) => plans.get(extents.join())!.inner.length === extents.length)
  if (isCollapsed && outer.length === kernel.extents.length) return kernel
  const steps = kernel.steps.map((step): LoopStep => {
    const { inner, rename } = plans.get(step.extents.join())!
    const collapsed = { extents: extentsOf(inner), value: rename.scalar(step.value) }
    return step.kind === 'reduce'
      ? { ...step, ...collapsed }
      : { ...step, ...collapsed, index: rename.index(step.index) }
  })
  return { ...kernel, extents: extentsOf(outer), steps }
}

// Steps over the same points may share expressions, and stores over the same points are written together, so they have one plan.
function planSteps(
  { extents, steps }: LoopKernel,
  indices: readonly (readonly Index[])[],
  outer: readonly Kept[],
): ReadonlyMap<string, StepPlan> {
  const rank = extents.length
  const renamed = new Map<Scalar, Scalar>()
  const plans = new Map<string, StepPlan>()
  for (const { extents: own } of steps) {
    const key = own.join()
    if (plans.has(key)) continue
    const together = indices.filter((_, number) => steps[number]!.extents.join() === key)
    const inner = joinAxes(rank, own, indicesOf(together))
    plans.set(key, { inner, rename: axisRenamer(renamingTo([...outer, ...inner]), { rank, renamed }) })
  }
  return plans
}

function collapseContraction(kernel: ContractionKernel): ContractionKernel {
  const indices = indicesOf(indicesByPart(kernel))
  let first = 0
  const [batch, rows, columns, depth] = ([kernel.batch, kernel.rows, kernel.columns, kernel.depth] as const).map(
    (extents) => {
      const kept = joinAxes(first, extents, indices)
      first += extents.length
      return kept
    },
  ) as [Kept[], Kept[], Kept[], Kept[]]
  const rename = axisRenamer(renamingTo([...batch, ...rows, ...columns, ...depth]))
  return {
    ...kernel,
    batch: extentsOf(batch),
    rows: extentsOf(rows),
    columns: extentsOf(columns),
    depth: extentsOf(depth),
    left: rename.scalar(kernel.left),
    right: rename.scalar(kernel.right),
    stores: kernel.stores.map(
      (store): Store => ({ ...store, index: rename.index(store.index), value: rename.scalar(store.value) }),
    ),
  }
}

function collapseScatter(kernel: ScatterKernel): ScatterKernel {
  const kept = joinAxes(0, kernel.extents, indicesOf(indicesByPart(kernel)))
  if (kept.length === kernel.extents.length) return kernel
  const rename = axisRenamer(renamingTo(kept))
  return {
    ...kernel,
    extents: extentsOf(kept),
    index: rename.index(kernel.index),
    value: rename.scalar(kernel.value),
  }
}
