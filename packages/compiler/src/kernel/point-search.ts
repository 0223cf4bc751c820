// Looks for a point of an index space where something happens, trying all points if they are few and telling ones if not.

import type { Condition, Index, IndexAtom } from './indexing.ts'
import type { Scalar } from './scalar.ts'
import { nestedIndices } from './traverse.ts'

// Beyond this many points only the ends, their neighbours and the middle of each axis are tried.
const fewPoints = 20_000

/** What an index depends on: an axis, or a value that is looked up and may be anything in its range. */
type Variable = number | Scalar

export type Point = ReadonlyMap<Variable, number>

/** Whether the index depends only on axes. */
export function isComputed(index: Index): boolean {
  return nestedIndices(index).every(({ terms }) => terms.every(({ atom }) => atom.kind !== 'value'))
}

/** The variables of some indices and how many values each takes. */
export function variablesOf(indices: readonly Index[], extents: readonly number[]): ReadonlyMap<Variable, number> {
  const found = new Map<Variable, number>()
  for (const { terms } of indices.flatMap(nestedIndices))
    for (const { atom } of terms) {
      if (atom.kind === 'axis') found.set(atom.axis, extents[atom.axis]!)
      else if (atom.kind === 'value') found.set(atom.value, atom.size)
    }
  return found
}

export function valueAt({ constant, terms }: Index, point: Point): number {
  return terms.reduce((sum, { stride, atom }) => sum + stride * atomAt(atom, point), constant)
}

function atomAt(atom: IndexAtom, point: Point): number {
  switch (atom.kind) {
    case 'axis':
      return point.get(atom.axis)!
    case 'value':
      return point.get(atom.value)!
    case 'quotient':
      return Math.floor(valueAt(atom.dividend, point) / atom.divisor)
    case 'remainder': {
      const dividend = valueAt(atom.dividend, point)
      return dividend - atom.divisor * Math.floor(dividend / atom.divisor)
    }
  }
}

export function holdsAt({ index, low, high, divisor = 1 }: Condition, point: Point): boolean {
  const value = valueAt(index, point)
  return value >= low && value < high && value % divisor === 0
}

/** The first point tried that the test accepts. */
export function findPoint(
  variables: ReadonlyMap<Variable, number>,
  test: (point: Point) => boolean,
): Point | undefined {
  const tried = valuesToTry(variables)
  if (tried === undefined) return undefined
  const names = [...variables.keys()]
  const point = new Map<Variable, number>()
  const search = (place: number): boolean => {
    if (place === names.length) return test(point)
    return tried[place]!.some((value) => {
      point.set(names[place]!, value)
      return search(place + 1)
    })
  }
  return search(0) ? point : undefined
}

function valuesToTry(variables: ReadonlyMap<Variable, number>): readonly (readonly number[])[] | undefined {
  const counts = [...variables.values()]
  const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
  const telling = (count: number): number[] => distinct([0, 1, count >> 1, count - 2, count - 1], count)
  const ends = (count: number): number[] => distinct([0, count - 1], count)
  const sizeOf = (values: readonly (readonly number[])[]): number => values.reduce((n, { length }) => n * length, 1)
  // Lists of values can be long themselves, so their number is looked at first.
  if (counts.reduce((n, count) => n * count, 1) <= fewPoints) return counts.map(all)
  return [counts.map(telling), counts.map(ends)].find((values) => sizeOf(values) <= fewPoints)
}

function distinct(values: readonly number[], count: number): number[] {
  return [...new Set(values)].filter((value) => value >= 0 && value < count)
}
