// Random kernels of every kind over the buffers of a program.

import {
  type Combine,
  type ContractionKernel,
  dtypeOfReduce,
  dtypesOfCombine,
  type Kernel,
  type LoopKernel,
  type LoopStep,
  type Reduce,
  type Scalar,
  type ScatterKernel,
} from '../../kernel/index.ts'
import { type Draft, randomTargets, storesTo, type Target } from './draft.ts'
import { randomPlace } from './random-access.ts'
import { randomDType, randomScalar } from './random-expression.ts'
import type { Scope } from './scope.ts'

/** Writes a kernel over what the draft holds; what it stores can be read by those after it. */
export function randomKernel(draft: Draft): Kernel {
  const { random } = draft
  switch (
    random.pick(['elementwise', 'elementwise', 'rows', 'rows', 'contraction', 'contraction', 'scatter'] as const)
  ) {
    case 'elementwise':
      return elementwise(draft)
    case 'rows':
      return rows(draft)
    case 'contraction':
      return contraction(draft)
    case 'scatter':
      return scatter(draft)
  }
}

/** Up to `rank` extents whose product is at most `points`: ones, small odd ones, and some that fill vectors. */
function randomExtents({ random }: Draft, rank: number, points: number): number[] {
  const extents: number[] = []
  let room = points
  for (let axis = random.chance(0.1) ? 0 : random.integer(1, rank); axis > 0; axis--) {
    const extent = Math.min(random.pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 32, 37]), room)
    extents.push(extent)
    room = Math.floor(room / extent)
  }
  return random.shuffled(extents)
}

/** A scope over all axes; the kernel's targets can only be read in place. */
function scopeOf({ random, write, buffers }: Draft, extents: readonly number[], targets: readonly Target[]): Scope {
  const written = targets.map(({ buffer }) => buffer)
  return {
    random,
    write,
    extents,
    axes: extents.map((_, axis) => axis),
    buffers: buffers.filter(({ buffer, size }) => size > 0 && !written.includes(buffer)),
    results: [],
    inPlace: [],
    made: [],
  }
}

function statesIn(targets: readonly Target[]): readonly Target[] {
  return targets.filter(({ isState }) => isState)
}

function elementwise(draft: Draft): LoopKernel {
  const extents = randomExtents(draft, 4, 400)
  const targets = randomTargets(draft, extents)
  const scope = { ...scopeOf(draft, extents, targets), inPlace: statesIn(targets) }
  return { kind: 'loop', label: 'elementwise', extents, steps: storesTo(draft, targets, scope) }
}

/** Some reductions over rows, then stores over the rows, or one per row, or both. */
function rows(draft: Draft): LoopKernel {
  const { random } = draft
  const extents = randomExtents(draft, 2, 60)
  const inner = random.chance(0.04) ? [3, 0] : randomExtents(draft, 2, 64)
  const ends = random.pick(['inner', 'outer', 'both'] as const)
  const innerTargets = ends === 'outer' ? [] : randomTargets(draft, [...extents, ...inner])
  const outerTargets = ends === 'inner' ? [] : randomTargets(draft, extents, innerTargets)
  const targets = [...innerTargets, ...outerTargets]

  const results: Scalar[] = []
  const scopeOver = (own: readonly number[]): Scope => ({ ...scopeOf(draft, [...extents, ...own], targets), results })
  const row: Scope = { ...scopeOver(inner), inPlace: statesIn(innerTargets) }
  const steps: LoopStep[] = []
  for (let number = random.integer(1, 3); number > 0; number--) {
    const own = random.chance(0.75) ? inner : randomExtents(draft, 1, 20)
    const reduce = randomReduce(own === inner ? row : scopeOver(own), own)
    results.push({ kind: 'result', step: steps.length, dtype: dtypeOfReduce(reduce) })
    steps.push(reduce)
  }
  steps.push(...storesTo(draft, innerTargets, row, inner))
  steps.push(...storesTo(draft, outerTargets, { ...scopeOver([]), inPlace: statesIn(outerTargets) }))
  return { kind: 'loop', label: 'rows', extents, steps }
}

function randomReduce(scope: Scope, extents: readonly number[]): Reduce {
  const { random } = scope
  const dtype = randomDType(scope)
  const combines = (Object.keys(dtypesOfCombine) as Combine[]).filter((combine) =>
    dtypesOfCombine[combine].includes(dtype),
  )
  const combine = random.pick(combines.includes('add') ? [...combines, 'add' as const, 'add' as const] : combines)
  return { kind: 'reduce', extents, combine, value: randomScalar(scope, dtype, random.integer(0, 2)) }
}

function contraction(draft: Draft): ContractionKernel {
  const { random } = draft
  const group = (points: number): number[] => randomExtents(draft, 2, points)
  const [batch, rows, columns, depth] = [random.chance(0.6) ? [] : group(6), group(20), group(20), group(60)]
  const outer = [...batch, ...rows, ...columns]
  const extents = [...outer, ...depth]
  const targets = randomTargets(draft, outer)
  const { dtype } = random.chance(0.85) ? { dtype: 'float32' as const } : { dtype: random.pick(dtypesOfCombine.add) }
  const operand = (isUsed: (axis: number) => boolean): Scalar => {
    const scope = scopeOf(draft, extents, targets)
    return randomScalar({ ...scope, axes: scope.axes.filter(isUsed) }, dtype, random.integer(0, 2))
  }
  const afterRows = batch.length + rows.length
  const left = operand((axis) => axis < afterRows || axis >= outer.length)
  const right = operand((axis) => axis < batch.length || axis >= afterRows)
  const results: Scalar[] = [{ kind: 'result', step: 0, dtype }]
  const scope = { ...scopeOf(draft, outer, targets), inPlace: statesIn(targets), results }
  const stores = storesTo(draft, targets, scope)
  return { kind: 'contraction', label: 'contraction', batch, rows, columns, depth, left, right, stores }
}

function scatter(draft: Draft): ScatterKernel {
  const { random } = draft
  const extents = randomExtents(draft, 2, 200)
  const size = random.integer(1, 24)
  const dtype = random.pick(dtypesOfCombine.add)
  const scope = scopeOf(draft, extents, [])
  const value = randomScalar(scope, dtype, 2)
  const index = randomPlace(scope, size)
  const buffer = draft.hold(dtype, size)
  return { kind: 'scatter', label: 'scatter', extents, buffer, index, value }
}
