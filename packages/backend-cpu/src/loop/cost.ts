// Estimates how dear one round of a loop is, to choose the axis along which vectors lie. The unit is one simple instruction.

import {
  type Condition,
  childrenOf,
  type Index,
  type Scalar,
  type ScalarOp,
  scalarOpArity,
} from '@neurite/compiler/kernel'
import { bit, type Facts } from '../expression/facts.ts'
import { hasLanes } from '../expression/value-types.ts'
import type { StepGroup } from './step-groups.ts'

const dearOperations: { readonly [Op in ScalarOp]?: number } = {
  divide: 4,
  sqrt: 4,
  exp: 20,
  log: 25,
  sin: 60,
  cos: 60,
  tanh: 35,
  sigmoid: 25,
  erf: 40,
  power: 100,
  remainder: 60,
}
// Lane after lane.
const dearIntegerOperations: { readonly [Op in ScalarOp]?: number } = { divide: 30, remainder: 30 }

const gathered = 20
const strided = 6
// Two vectors and a shuffle.
const near = 2

/** One round: of one point, or of four along `axis`. */
export function costOfRound(group: StepGroup, facts: Facts, axis: number | undefined): number {
  const counted = new Set<Scalar>()
  const along = axis === undefined ? 0 : bit(axis)
  const visit = (node: Scalar): number => {
    if (counted.has(node)) return 0
    counted.add(node)
    const own = axis !== undefined && (facts.axesOf(node) & along) === 0 ? 0.2 : costOfNode(node, facts, axis)
    return childrenOf(node).reduce((sum, child) => sum + visit(child), own)
  }
  const values = group.work.values.reduce((sum, value) => sum + visit(value), 0)
  const writes = group.work.targets.reduce((sum, { index }) => sum + costOfAccess(index, facts, axis), 0)
  const joins = group.kind === 'reduce' ? group.steps.length : 0
  return 2 + values + writes + joins
}

function costOfNode(node: Scalar, facts: Facts, axis: number | undefined): number {
  switch (node.kind) {
    case 'constant':
    case 'result':
      return 0
    case 'index':
      return 1 + costOfIndex(node.index)
    case 'load':
      return costOfAccess(node.index, facts, axis)
    case 'apply': {
      const dear = hasLanes(node.dtype) && node.dtype !== 'float32' ? dearIntegerOperations : dearOperations
      return dear[node.op] ?? scalarOpArity[node.op] / 2
    }
    case 'guard':
      return 4 + node.conditions.reduce((sum, condition) => sum + costOfCondition(condition, facts, axis), 0)
  }
}

function costOfCondition({ index }: Condition, facts: Facts, axis: number | undefined): number {
  return 3 + (axis !== undefined && strideAlong(index, axis, facts) === undefined ? gathered : 0) + costOfIndex(index)
}

function costOfAccess(index: Index, facts: Facts, axis: number | undefined): number {
  if (axis === undefined) return 1 + costOfIndex(index)
  const stride = strideAlong(index, axis, facts)
  if (stride === undefined) return gathered + 4 * costOfIndex(index)
  const step = Math.abs(stride)
  return (step <= 1 ? 1 : step <= 3 ? near : strided) + costOfIndex(index)
}

/** Of what is not affine. */
function costOfIndex(index: Index): number {
  return index.terms.reduce((sum, { atom }) => {
    if (atom.kind === 'axis') return sum
    return sum + (atom.kind === 'value' ? 3 : 4 + costOfIndex(atom.dividend))
  }, 0)
}

/** Elements by which an index moves along an axis; undefined where it is not affine. */
export function strideAlong({ terms }: Index, axis: number, facts: Facts): number | undefined {
  let stride = 0
  for (let place = 0; place < terms.length; place++) {
    const { atom, stride: own } = terms[place]!
    if (atom.kind === 'axis') stride += atom.axis === axis ? own : 0
    else if ((facts.axesOfAtom(atom) & bit(axis)) !== 0) return undefined
  }
  return stride
}

/** Whether everything that varies along the axis fits into four 32-bit lanes. */
export function canVectorize(group: StepGroup, facts: Facts, axis: number): boolean {
  return group.work.values.every((value) => hasLanes(value.dtype) && facts.fitsLanes(value, axis))
}
