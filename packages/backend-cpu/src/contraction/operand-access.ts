// Whether an operand of a contraction can be read where it lies, and how its values can be computed four at a time.

import { type Condition, type Index, nodesOf, type Scalar, type ScalarOp, type Store } from '@neurite/compiler/kernel'
import { hasLanes } from '../expression/value-types.ts'
import { conditionsOf, indicesOf, strideAlong } from './strides.ts'

export type Load = Extract<Scalar, { kind: 'load' }>

/** A plain float32 load that moves evenly along the last `jointLines` rows (or columns) and `jointDepth` depth axes. Strides in elements. */
export interface EvenLoad {
  readonly load: Load
  readonly lineStride: number
  readonly depthStride: number
  readonly jointLines: number
  readonly jointDepth: number
}

/** The operand as an even load, or undefined if it is none. `lines` are its rows or columns. */
export function evenLoad(
  operand: Scalar,
  lines: readonly number[],
  depth: readonly number[],
  extents: readonly number[],
): EvenLoad | undefined {
  if (operand.kind !== 'load' || operand.dtype !== 'float32') return undefined
  const lineStride = strideAlong(operand.index, lines.at(-1)!)
  const depthStride = strideAlong(operand.index, depth.at(-1)!)
  if (lineStride === undefined || lineStride < 0 || depthStride === undefined) return undefined
  const jointLines = jointAxes([operand.index], lines, extents)
  return { load: operand, lineStride, depthStride, jointLines, jointDepth: jointAxes([operand.index], depth, extents) }
}

/** Number of trailing axes, at least one, through which all indices move evenly when their points are counted row-major. */
export function jointAxes(indices: readonly Index[], axes: readonly number[], extents: readonly number[]): number {
  let joint = 1
  let span = 1
  for (let place = axes.length - 2; place >= 0; place--, joint++) {
    span *= extents[axes[place + 1]!]!
    const isEven = indices.every((index) => {
      const stride = strideAlong(index, axes.at(-1)!)
      return stride !== undefined && strideAlong(index, axes[place]!) === stride * span
    })
    if (!isEven) break
  }
  return joint
}

/** How an expression can be computed for four neighbours along an axis: from vectors, from gathered lanes, or one by one. */
export type VectorAccess = 'contiguous' | 'strided' | 'none'

function vectorAccess(operand: Scalar, axis: number): VectorAccess {
  return vectorAccesses(operand, [axis]).get(axis)!
}

/** The same along each of several axes. */
export function vectorAccesses(operand: Scalar, axes: readonly number[]): ReadonlyMap<number, VectorAccess> {
  const [conditions, indices] = [conditionsOf(operand), indicesOf([operand])]
  const along = (axis: number): VectorAccess => {
    if (!conditions.every((condition) => isMonotone(condition, axis))) return 'none'
    let access: VectorAccess = 'contiguous'
    for (const index of indices) {
      const stride = strideAlong(index, axis)
      if (stride === undefined) return 'none'
      if (stride !== 0 && stride !== 1) access = 'strided'
    }
    return access
  }
  return new Map(axes.map((axis) => [axis, along(axis)]))
}

/** Whether the condition holds for an unbroken run of places along the axis. */
function isMonotone({ index, divisor = 1 }: Condition, axis: number): boolean {
  const stride = strideAlong(index, axis)
  return stride !== undefined && stride % divisor === 0
}

/** Whether neighbours along the axis can be stored as one vector. */
export function storesVectors(store: Store, axis: number): boolean {
  return strideAlong(store.index, axis) === 1 && vectorAccess(store.value, axis) !== 'none'
}

/** Whether four lanes hold everything in some expressions. */
export function haveLanes(roots: readonly Scalar[]): boolean {
  return nodesOf(roots).every(({ dtype }) => hasLanes(dtype))
}

/** Rough number of machine operations per value beyond its loads. */
export function operationsOf(scalar: Scalar): number {
  return nodesOf([scalar]).reduce((sum, node) => {
    if (node.kind === 'apply') return sum + (longOperations[node.op] ?? 1)
    return sum + Number(node.kind === 'index')
  }, 0)
}

const longOperations: { readonly [O in ScalarOp]?: number } = {
  divide: 4,
  sqrt: 4,
  remainder: 8,
  maximum: 2,
  minimum: 2,
  power: 60,
  exp: 20,
  log: 20,
  sin: 30,
  cos: 30,
  tanh: 30,
  sigmoid: 25,
  erf: 30,
}
