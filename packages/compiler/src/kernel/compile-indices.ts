// Indices and conditions become JavaScript closures over the counters of a loop nest.

import type { Condition, Index, IndexAtom, IndexTerm } from './indexing.ts'

export type Evaluate = () => number

export type ValueAtom = Extract<IndexAtom, { readonly kind: 'value' }>

type DivisionAtom = Extract<IndexAtom, { readonly kind: 'quotient' | 'remainder' }>

export interface IndexCompiler {
  readonly index: (index: Index) => Evaluate
  /** Whether all conditions hold. */
  readonly conditions: (conditions: readonly Condition[]) => () => boolean
}

/** A compiler of indices; `axes` holds the counters, and `lookUp` makes the closure of a value read from a tensor. */
export function indexCompiler(axes: readonly number[], lookUp: (atom: ValueAtom) => Evaluate): IndexCompiler {
  function index({ constant, terms }: Index): Evaluate {
    const [first, second] = terms.map(term)
    if (first === undefined) return () => constant
    if (second === undefined) return () => constant + first()
    if (terms.length === 2) return () => constant + first() + second()
    const rest = index({ constant, terms: terms.slice(2) })
    return () => rest() + first() + second()
  }

  function term({ stride, atom }: IndexTerm): Evaluate {
    if (atom.kind === 'axis') {
      const { axis } = atom
      return () => stride * axes[axis]!
    }
    const value = atom.kind === 'value' ? lookUp(atom) : division(atom)
    return () => stride * value()
  }

  function division({ kind, dividend, divisor }: DivisionAtom): Evaluate {
    const divided = index(dividend)
    if (kind === 'quotient') return () => Math.floor(divided() / divisor)
    return () => {
      const value = divided()
      return value - divisor * Math.floor(value / divisor)
    }
  }

  function conditions(all: readonly Condition[]): () => boolean {
    const tests = all.map((condition) => {
      const at = index(condition.index)
      const { low, high, divisor = 1 } = condition
      return (): boolean => {
        const value = at()
        return value >= low && value < high && value % divisor === 0
      }
    })
    const [first, second] = tests
    if (first !== undefined && second !== undefined && tests.length === 2) return () => first() && second()
    return first !== undefined && tests.length === 1 ? first : () => tests.every((test) => test())
  }

  return { index, conditions }
}
