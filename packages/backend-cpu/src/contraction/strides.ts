// How the indices in an expression move along an axis: what decides between vector loads, transposes and gathers.

import { type Condition, type Index, nodesOf, ownIndices, type Scalar } from '@neurite/compiler/kernel'

/** Elements the index moves by when `axis` advances by one, or undefined where that is not the same everywhere. */
export function strideAlong(index: Index, axis: number): number | undefined {
  const { terms } = index
  let stride = 0
  for (let place = 0; place < terms.length; place++) {
    const term = terms[place]!
    const { atom } = term
    if (atom.kind === 'axis') {
      if (atom.axis === axis) stride += term.stride
      continue
    }
    const varies = atom.kind === 'value' ? usesAxis(atom.value, axis) : strideAlong(atom.dividend, axis) !== 0
    if (varies) return undefined
  }
  return stride
}

/** Whether the value can change along an axis. */
export function usesAxis(scalar: Scalar, axis: number): boolean {
  return indicesOf([scalar]).some((index) => strideAlong(index, axis) !== 0)
}

/** The indices of all loads, counters and conditions in some expressions. */
export function indicesOf(roots: readonly Scalar[]): readonly Index[] {
  return nodesOf(roots).flatMap(ownIndices)
}

/** All conditions of all guards in an expression. */
export function conditionsOf(scalar: Scalar): readonly Condition[] {
  return nodesOf([scalar]).flatMap((node) => (node.kind === 'guard' ? node.conditions : []))
}
