// How an operand is copied to scratch memory: in which layout, and which of its values are computed as one vector.

import type { Scalar } from '@neurite/compiler/kernel'
import { haveLanes, operationsOf, vectorAccess } from './operand-access.ts'
import { conditionsOf, strideAlong } from './strides.ts'

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

/** The cheapest way to pack a value in a layout, of some rows (columns) and points of depth at once. */
export function choosePacking(
  value: Scalar,
  layout: Layout,
  lines: readonly number[],
  depth: readonly number[],
  extents: readonly number[],
): Packing {
  const contiguous = (layout === 'lines' ? depth : lines).at(-1)!
  const operations = operationsOf(value)
  const guards = conditionsOf(value).length
  let best: Packing = { kind: 'packed', layout, value, along: undefined, cycles: 3 + operations + 2 * guards }
  if (!haveLanes([value])) return best
  for (const axis of [...lines, ...depth]) {
    const access = vectorAccess(value, axis)
    const perVector =
      operations + guards + { contiguous: 1, strided: 5, none: 12 + 8 * guards }[access] + (axis === contiguous ? 1 : 4)
    // A row of vectors costs a loop; what is left over costs a whole vector.
    const vectors = Math.ceil(extents[axis]! / 4)
    const cycles = (vectors * perVector + 6) / extents[axis]!
    if (cycles < best.cycles) best = { ...best, along: axis, cycles }
  }
  return best
}

/**
 * The value with guards taken apart: conditions that are the same all along the axis around those that change along it, so that
 * lanes need masks for the latter only.
 */
export function nestConditions(value: Scalar, along: number): Scalar {
  const done = new Map<Scalar, Scalar>()
  const visit = (node: Scalar): Scalar => {
    const known = done.get(node)
    if (known !== undefined) return known
    const result = nested(node)
    done.set(node, result)
    return result
  }
  const nested = (node: Scalar): Scalar => {
    if (node.kind === 'apply') return { ...node, operands: node.operands.map(visit) }
    if (node.kind !== 'guard') return node
    const changing = node.conditions.filter(({ index }) => strideAlong(index, along) !== 0)
    const same = node.conditions.filter((condition) => !changing.includes(condition))
    const inner: Scalar = { ...node, value: visit(node.value) }
    if (changing.length === 0 || same.length === 0) return inner
    return { ...inner, conditions: same, value: { ...inner, conditions: changing } }
  }
  return visit(value)
}
