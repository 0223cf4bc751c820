// Puts other axes in the place of those of a kernel's expressions.

import { guarded } from './guarded.ts'
import { addIndex, constantIndex, divideIndex, type Index, type IndexTerm, scaleIndex, zeroIndex } from './indexing.ts'
import type { Scalar } from './scalar.ts'
import { childrenOf, nestedIndices, ownIndices } from './traverse.ts'

export interface AxisRenaming {
  /** What stands for each axis, over the new axes; those without are always at 0 or counted by another. */
  readonly replacements: ReadonlyMap<number, Index>
  /** Extents of the new axes. */
  readonly extents: readonly number[]
}

export interface AxisRenamer {
  readonly scalar: (scalar: Scalar) => Scalar
  readonly index: (index: Index) => Index
}

/** Axes below `rank` mean the same to several renamers, which share what uses no others. */
export interface SharedRenaming {
  readonly rank: number
  readonly renamed: Map<Scalar, Scalar>
}

/** Rewrites expressions; nodes that were shared stay shared, divisions and guards are simplified where the new axes allow it. */
export function axisRenamer({ replacements, extents }: AxisRenaming, shared?: SharedRenaming): AxisRenamer {
  const own = new Map<Scalar, Scalar>()

  function scalar(node: Scalar): Scalar {
    const known = own.get(node) ?? shared?.renamed.get(node)
    if (known) return known
    const result = rename(node)
    const cache = shared !== undefined && usesSharedAxesOnly(node, shared.rank) ? shared.renamed : own
    cache.set(node, result)
    return result
  }

  function usesSharedAxesOnly(node: Scalar, rank: number): boolean {
    // Children come before their node, so those with axes of their own are in `own` by now.
    if (childrenOf(node).some((child) => own.has(child))) return false
    for (const own of ownIndices(node))
      for (const { terms } of nestedIndices(own))
        for (const { atom } of terms) if (atom.kind === 'axis' && atom.axis >= rank) return false
    return true
  }

  function rename(node: Scalar): Scalar {
    switch (node.kind) {
      case 'constant':
      case 'result':
        return node
      case 'index':
      case 'load':
        return { ...node, index: index(node.index) }
      case 'apply':
        return { ...node, operands: node.operands.map(scalar) }
      case 'guard': {
        const conditions = node.conditions.map((condition) => ({ ...condition, index: index(condition.index) }))
        return guarded(conditions, scalar(node.value), node.otherwise, node.dtype, extents)
      }
    }
  }

  function index({ constant, terms }: Index): Index {
    return terms.reduce((sum, term) => addIndex(sum, renamedTerm(term)), constantIndex(constant))
  }

  function renamedTerm({ stride, atom }: IndexTerm): Index {
    switch (atom.kind) {
      case 'axis':
        return scaleIndex(replacements.get(atom.axis) ?? zeroIndex, stride)
      case 'value':
        return { constant: 0, terms: [{ stride, atom: { ...atom, value: scalar(atom.value) } }] }
      case 'quotient':
      case 'remainder':
        return scaleIndex(divideIndex(index(atom.dividend), atom.divisor, extents)[atom.kind], stride)
    }
  }

  return { scalar, index }
}
