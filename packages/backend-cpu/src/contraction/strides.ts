// How the indices in an expression move along an axis: what decides between vector loads, transposes and gathers.

import type { Condition, Index, Scalar } from '@neurite/compiler/kernel'
import { childrenOf } from '../expression/facts.ts'

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

/** Every node of some expressions once, also those that indices look up. */
export function nodesOf(roots: readonly Scalar[]): readonly Scalar[] {
  if (roots.length === 1) return nodesBelow(roots[0]!)
  const found = new Set<Scalar>()
  for (const root of roots) for (const node of nodesBelow(root)) found.add(node)
  return [...found]
}

// Planning asks again and again, and an expression never changes.
const known = new WeakMap<Scalar, readonly Scalar[]>()

function nodesBelow(root: Scalar): readonly Scalar[] {
  let nodes = known.get(root)
  if (nodes !== undefined) return nodes
  const found = new Set<Scalar>()
  const visit = (node: Scalar): void => {
    if (found.has(node)) return
    found.add(node)
    childrenOf(node).forEach(visit)
  }
  visit(root)
  nodes = [...found]
  known.set(root, nodes)
  return nodes
}

/** The indices of all loads, counters and conditions in some expressions. */
export function indicesOf(roots: readonly Scalar[]): readonly Index[] {
  return nodesOf(roots).flatMap((node) => {
    if (node.kind === 'index' || node.kind === 'load') return [node.index]
    return node.kind === 'guard' ? node.conditions.map(({ index }) => index) : []
  })
}

/** All conditions of all guards in an expression. */
export function conditionsOf(scalar: Scalar): readonly Condition[] {
  return nodesOf([scalar]).flatMap((node) => (node.kind === 'guard' ? node.conditions : []))
}

/** The index and every index inside its quotients and remainders. */
export function nestedIndices(index: Index): readonly Index[] {
  return [index, ...index.terms.flatMap(({ atom }) => ('dividend' in atom ? nestedIndices(atom.dividend) : []))]
}
