// How the indices in an expression move along an axis: what decides between vector loads, transposes and gathers.

import type { Index, Scalar } from '@neurite/compiler/kernel'

/** Elements the index moves by when `axis` advances by one, or undefined where that is not the same everywhere. */
export function strideAlong(index: Index, axis: number): number | undefined {
  let stride = 0
  for (const term of index.terms) {
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
  return indicesOf(scalar).some((index) => strideAlong(index, axis) !== 0)
}

/** The indices of the expression's own loads, counters and conditions; nodes that are shared count once. */
export function indicesOf(scalar: Scalar, seen: Set<Scalar> = new Set()): Index[] {
  if (seen.has(scalar)) return []
  seen.add(scalar)
  switch (scalar.kind) {
    case 'constant':
    case 'result':
      return []
    case 'index':
    case 'load':
      return [scalar.index]
    case 'apply':
      return scalar.operands.flatMap((operand) => indicesOf(operand, seen))
    case 'guard':
      return [...scalar.conditions.map(({ index }) => index), ...indicesOf(scalar.value, seen)]
  }
}

/** The index and every index inside its quotients, remainders and values. */
export function nestedIndices(index: Index): Index[] {
  const inner = index.terms.flatMap(({ atom }) => {
    if (atom.kind === 'axis') return []
    return atom.kind === 'value' ? indicesOf(atom.value).flatMap(nestedIndices) : nestedIndices(atom.dividend)
  })
  return [index, ...inner]
}
