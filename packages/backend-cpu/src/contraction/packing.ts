// How an operand is copied to scratch memory: in which layout, and which of its values are computed as one vector.

import type { Scalar } from '@neurite/compiler/kernel'
import { haveLanes, operationsOf, type VectorAccess, vectorAccesses } from './operand-access.ts'
import { conditionsOf, strideAlong } from './strides.ts'
import { mapNodes } from './substitute-axes.ts'

/** `lines`: the depth of a row (column) is contiguous. `steps`: all rows (columns) of a point of depth are contiguous. */
export type Layout = 'lines' | 'steps'

export interface Packing {
  readonly kind: 'packed'
  readonly layout: Layout
  readonly value: Scalar
  /** The axis along which four values are computed at once; undefined where that cannot be. */
  readonly along: number | undefined
  /** Estimated, per element. */
  readonly cycles: number
}

/** What packing a value costs depends on. */
export interface PackableValue {
  readonly value: Scalar
  /** Machine operations per value, beyond its loads. */
  readonly operations: number
  readonly guards: number
  /** How four neighbours along an axis can be computed at once, by axis; empty if they cannot. */
  readonly access: ReadonlyMap<number, VectorAccess>
}

export function packable(value: Scalar, axes: readonly number[]): PackableValue {
  const access = haveLanes([value]) ? vectorAccesses(value, axes) : new Map()
  return { value, operations: operationsOf(value), guards: conditionsOf(value).length, access }
}

const cyclesOfAccess: { readonly [A in VectorAccess]: number } = { contiguous: 1, strided: 5, none: 12 }

/** The cheapest way to pack a value in a layout, of some rows (columns) and points of depth at once. */
export function choosePacking(
  { value, operations, guards, access }: PackableValue,
  layout: Layout,
  { lines, depth, extents }: PackedAxes,
): Packing {
  const contiguous = (layout === 'lines' ? depth : lines).at(-1)!
  let best: Packing = { kind: 'packed', layout, value, along: undefined, cycles: 3 + operations + 2 * guards }
  const axes = [...lines, ...depth]
  for (let place = 0; place < axes.length; place++) {
    const axis = axes[place]!
    const way = access.get(axis)
    if (way === undefined) continue
    const tests = way === 'none' ? 8 * guards : guards
    const perVector = operations + tests + cyclesOfAccess[way] + (axis === contiguous ? 1 : 4)
    // A row of vectors costs a loop; what is left over costs a whole vector.
    const cycles = (Math.ceil(extents[axis]! / 4) * perVector + 6) / extents[axis]!
    if (cycles < best.cycles) best = { ...best, along: axis, cycles }
  }
  return best
}

/** The rows (columns) and points of depth that are packed at once. */
export interface PackedAxes {
  readonly lines: readonly number[]
  readonly depth: readonly number[]
  readonly extents: readonly number[]
}

/**
 * The value with guards taken apart: conditions that are the same all along the axis around those that change along it, so that
 * lanes need masks for the latter only.
 */
export function nestConditions(value: Scalar, along: number): Scalar {
  return mapNodes(value, (node) => {
    if (node.kind !== 'guard') return node
    const changing = node.conditions.filter(({ index }) => strideAlong(index, along) !== 0)
    const same = node.conditions.filter((condition) => !changing.includes(condition))
    if (changing.length === 0 || same.length === 0) return node
    return { ...node, conditions: same, value: { ...node, conditions: changing } }
  })
}
