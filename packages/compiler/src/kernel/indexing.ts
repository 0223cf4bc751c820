// Where a kernel reads and writes: integer expressions over its loop axes.
//
// An index is affine (constant + Σ stride · axis) wherever it can be, since affine strides are what backends vectorise,
// pack and hoist by. What is not affine hides in an atom: a division or remainder left by a reshape of a
// view, or a value read from a tensor (gather).

import type { Scalar } from './scalar.ts'

/** `constant + Σ stride · atom`, counted in elements, never in bytes. Terms have distinct atoms and non-zero strides. */
export interface Index {
  readonly constant: number
  readonly terms: readonly IndexTerm[]
}

export interface IndexTerm {
  readonly stride: number
  readonly atom: IndexAtom
}

export type IndexAtom =
  /** The loop counter of one axis of the kernel. */
  | { readonly kind: 'axis'; readonly axis: number }
  /** ⌊dividend / divisor⌋; the divisor is positive, the quotient rounds towards minus infinity. */
  | { readonly kind: 'quotient'; readonly dividend: Index; readonly divisor: number }
  /** dividend − divisor · ⌊dividend / divisor⌋, so never negative. */
  | { readonly kind: 'remainder'; readonly dividend: Index; readonly divisor: number }
  /**
   * An int32 value that must lie in [0, size). One that does not is a fault: the run goes on with 0 in its place and the
   * executable reports fault number `fault` (a place in `Program.faults`) when the program ends.
   */
  | { readonly kind: 'value'; readonly value: Scalar; readonly size: number; readonly fault: number }

/** Holds where `low ≤ index < high` and, when `divisor` is given, where index is a multiple of it. */
export interface Condition {
  readonly index: Index
  readonly low: number
  readonly high: number
  readonly divisor?: number
}

export const zeroIndex: Index = { constant: 0, terms: [] }

export function constantIndex(constant: number): Index {
  return { constant, terms: [] }
}

export function axisIndex(axis: number, stride = 1): Index {
  return { constant: 0, terms: stride === 0 ? [] : [{ stride, atom: { kind: 'axis', axis } }] }
}

export function sameAtom(a: IndexAtom, b: IndexAtom): boolean {
  if (a === b) return true
  if (a.kind === 'axis') return b.kind === 'axis' && a.axis === b.axis
  if (a.kind === 'value') return b.kind === 'value' && a.value === b.value && a.size === b.size
  return a.kind === b.kind && 'divisor' in b && a.divisor === b.divisor && sameIndex(a.dividend, b.dividend)
}

export function sameIndex(a: Index, b: Index): boolean {
  return (
    a === b ||
    (a.constant === b.constant &&
      a.terms.length === b.terms.length &&
      a.terms.every((term) => b.terms.some((other) => term.stride === other.stride && sameAtom(term.atom, other.atom))))
  )
}

/** a + b, terms of the same atom joined, quotients and remainders of the same division too. */
export function addIndex(a: Index, b: Index): Index {
  if (a.terms.length === 0 && a.constant === 0) return b
  if (b.terms.length === 0 && b.constant === 0) return a
  const terms = [...a.terms]
  for (let place = 0; place < b.terms.length; place++) {
    const term = b.terms[place]!
    const at = placeOf(term.atom, terms)
    if (at < 0) terms.push(term)
    else {
      const stride = terms[at]!.stride + term.stride
      if (stride === 0) terms.splice(at, 1)
      else terms[at] = { stride, atom: term.atom }
    }
  }
  return joinDivision({ constant: a.constant + b.constant, terms })
}

function placeOf(atom: IndexAtom, terms: readonly IndexTerm[]): number {
  for (let place = 0; place < terms.length; place++) if (sameAtom(terms[place]!.atom, atom)) return place
  return -1
}

/** s·d·⌊x / d⌋ + s·(x mod d) = s·x: what a reshape took apart the next one puts together. */
function joinDivision(index: Index): Index {
  for (let place = 0; place < index.terms.length; place++) {
    const { stride, atom } = index.terms[place]!
    if (atom.kind !== 'remainder') continue
    const { dividend, divisor } = atom
    const quotient = index.terms.find(
      (other) =>
        other.stride === stride * divisor &&
        other.atom.kind === 'quotient' &&
        other.atom.divisor === divisor &&
        sameIndex(other.atom.dividend, dividend),
    )
    if (quotient === undefined) continue
    const terms = index.terms.filter((term) => term !== quotient && term.atom !== atom)
    return addIndex({ constant: index.constant, terms }, scaleIndex(dividend, stride))
  }
  return index
}

/** factor · a */
export function scaleIndex(a: Index, factor: number): Index {
  if (factor === 1) return a
  if (factor === 0) return zeroIndex
  return {
    constant: a.constant * factor,
    terms: a.terms.map(({ stride, atom }) => ({ stride: stride * factor, atom })),
  }
}

/** Smallest and largest value an index can take, given the extent of each axis. */
export function rangeOfIndex(index: Index, extents: readonly number[]): { low: number; high: number } {
  let low = index.constant
  let high = index.constant
  for (const { stride, atom } of index.terms) {
    const range = rangeOfAtom(atom, extents)
    low += stride > 0 ? stride * range.low : stride * range.high
    high += stride > 0 ? stride * range.high : stride * range.low
  }
  return { low, high }
}

function rangeOfAtom(atom: IndexAtom, extents: readonly number[]): { low: number; high: number } {
  switch (atom.kind) {
    case 'axis':
      return { low: 0, high: Math.max(0, extents[atom.axis]! - 1) }
    case 'value':
      return { low: 0, high: atom.size - 1 }
    case 'quotient': {
      const { low, high } = rangeOfIndex(atom.dividend, extents)
      return { low: Math.floor(low / atom.divisor), high: Math.floor(high / atom.divisor) }
    }
    case 'remainder': {
      const { low, high } = rangeOfIndex(atom.dividend, extents)
      return low >= 0 && high < atom.divisor ? { low, high } : { low: 0, high: atom.divisor - 1 }
    }
  }
}

/** ⌊a / divisor⌋ and a mod divisor, simplified where the strides or the ranges of the axes allow it. */
export function divideIndex(
  a: Index,
  divisor: number,
  extents: readonly number[],
): { quotient: Index; remainder: Index } {
  if (divisor === 1) return { quotient: a, remainder: zeroIndex }
  // Terms divisible by the divisor leave the division exactly: ⌊(d·x + r) / d⌋ = x + ⌊r / d⌋.
  const exact = a.terms.filter(({ stride }) => stride % divisor === 0)
  const wholeConstant = Math.floor(a.constant / divisor)
  const rest: Index = {
    constant: a.constant - wholeConstant * divisor,
    terms: a.terms.filter(({ stride }) => stride % divisor !== 0),
  }
  const outside: Index = {
    constant: wholeConstant,
    terms: exact.map(({ stride, atom }) => ({ stride: stride / divisor, atom })),
  }
  const { low, high } = rangeOfIndex(rest, extents)
  if (low >= 0 && high < divisor) return { quotient: outside, remainder: rest }
  return {
    quotient: addIndex(outside, {
      constant: 0,
      terms: [{ stride: 1, atom: { kind: 'quotient', dividend: rest, divisor } }],
    }),
    remainder: { constant: 0, terms: [{ stride: 1, atom: { kind: 'remainder', dividend: rest, divisor } }] },
  }
}
