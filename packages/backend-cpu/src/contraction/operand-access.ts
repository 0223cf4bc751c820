// Whether an operand of a contraction can be read where it lies, and what copying it into a packed form would cost.

import type { Condition, Scalar, ScalarOp } from '@neurite/compiler/kernel'
import { indicesOf, strideAlong } from './strides.ts'

export type Load = Extract<Scalar, { kind: 'load' }>

/** A plain float32 load that moves evenly along the lines of a tile and along the last `joint` depth axes (`length` points). Strides in elements. */
export interface EvenLoad {
  readonly load: Load
  readonly lineStride: number
  readonly depthStride: number
  readonly joint: number
  readonly length: number
}

/** The operand as an even load, or undefined if it is none. `line` is the axis along which a tile's rows (or columns) lie. */
export function evenLoad(
  operand: Scalar,
  line: number,
  depth: readonly number[],
  extents: readonly number[],
): EvenLoad | undefined {
  if (operand.kind !== 'load' || operand.dtype !== 'float32') return undefined
  const lineStride = strideAlong(operand.index, line)
  const last = depth.length - 1
  const depthStride = strideAlong(operand.index, depth[last]!)
  if (lineStride === undefined || lineStride < 0 || depthStride === undefined) return undefined
  let joint = 1
  let span = extents[depth[last]!]!
  while (joint <= last && strideAlong(operand.index, depth[last - joint]!) === depthStride * span) {
    span *= extents[depth[last - joint]!]!
    joint++
  }
  return { load: operand, lineStride, depthStride, joint, length: span }
}

/** How an expression can be computed for four neighbours along an axis: from vectors, from gathered lanes, or one by one. */
export type VectorAccess = 'contiguous' | 'strided' | 'none'

export function vectorAccess(operand: Scalar, axis: number): VectorAccess {
  if (!conditionsOf(operand).every((condition) => isMonotone(condition, axis))) return 'none'
  let access: VectorAccess = 'contiguous'
  for (const index of indicesOf(operand)) {
    const stride = strideAlong(index, axis)
    if (stride === undefined) return 'none'
    if (stride !== 0 && stride !== 1) access = 'strided'
  }
  return access
}

/** All conditions of all guards in an expression. */
export function conditionsOf(scalar: Scalar): Condition[] {
  switch (scalar.kind) {
    case 'constant':
    case 'index':
    case 'load':
    case 'result':
      return []
    case 'apply':
      return scalar.operands.flatMap(conditionsOf)
    case 'guard':
      return [...scalar.conditions, ...conditionsOf(scalar.value)]
  }
}

/** Whether the condition holds for an unbroken run of places along the axis, so that testing both ends of a run is enough. */
function isMonotone({ index, divisor = 1 }: Condition, axis: number): boolean {
  const stride = strideAlong(index, axis)
  return stride !== undefined && stride % divisor === 0
}

/** Rough number of machine operations per value beyond its loads. */
export function operationsOf(scalar: Scalar): number {
  switch (scalar.kind) {
    case 'constant':
    case 'load':
    case 'result':
      return 0
    case 'index':
      return 1
    case 'apply':
      return scalar.operands.reduce((sum, operand) => sum + operationsOf(operand), longOperations[scalar.op] ?? 1)
    case 'guard':
      return operationsOf(scalar.value)
  }
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
