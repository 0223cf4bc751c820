// Brings a contraction to the form that tiles best, by rewriting its axes; the values it computes stay the same.

import {
  addIndex,
  axisIndex,
  type ContractionKernel,
  constantIndex,
  type Index,
  nestedIndices,
  type Scalar,
  type Store,
  valuesIn,
} from '@neurite/compiler/kernel'
import { findSparseAxis, within, withoutCondition } from './skip-zeros.ts'
import { conditionsOf, indicesOf, usesAxis } from './strides.ts'
import { substituteIndex, substituteScalar } from './substitute-axes.ts'

/** A contraction whose groups name their axes, outermost first; `extents` is by axis. */
export interface Contraction {
  readonly extents: readonly number[]
  readonly batch: readonly number[]
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly depth: readonly number[]
  readonly left: Scalar
  readonly right: Scalar
  readonly stores: readonly Store[]
}

const groupNames = ['batch', 'rows', 'columns', 'depth'] as const

/**
 * The kernel without axes of extent 1, with batch axes that only one operand uses moved to that operand's side (so that
 * the other is packed once for all of them), with axes split by the divisors they are divided by (so that what
 * alternates along an axis is constant along both parts), without products with the zeros of dilated operands, and with axes joined that are one axis to every index.
 * Every group but the batch has at least one axis.
 */
export function normalize(kernel: ContractionKernel): Contraction {
  return renumber(fillGroups(joinAxes(skipZeros(splitDivided(unshareBatch(dropUnitAxes(numbered(kernel))))))))
}

function numbered(kernel: ContractionKernel): Contraction {
  let next = 0
  const number = (extents: readonly number[]): number[] => extents.map(() => next++)
  return {
    extents: [...kernel.batch, ...kernel.rows, ...kernel.columns, ...kernel.depth],
    batch: number(kernel.batch),
    rows: number(kernel.rows),
    columns: number(kernel.columns),
    depth: number(kernel.depth),
    left: kernel.left,
    right: kernel.right,
    stores: kernel.stores,
  }
}

function dropUnitAxes(contraction: Contraction): Contraction {
  const { extents } = contraction
  const isUnit = (axis: number): boolean => extents[axis] === 1
  if (!extents.includes(1)) return contraction
  const shorter = substituteAxes(contraction, extents, (axis) => (isUnit(axis) ? constantIndex(0) : axisIndex(axis)))
  return mapGroups(shorter, (axes) => axes.filter((axis) => !isUnit(axis)))
}

function unshareBatch(contraction: Contraction): Contraction {
  const { batch, rows, columns, left, right } = contraction
  const rightOnly = batch.filter((axis) => !usesAxis(left, axis))
  const leftOnly = batch.filter((axis) => !usesAxis(right, axis) && !rightOnly.includes(axis))
  return {
    ...contraction,
    batch: batch.filter((axis) => !leftOnly.includes(axis) && !rightOnly.includes(axis)),
    rows: [...leftOnly, ...rows],
    columns: [...rightOnly, ...columns],
  }
}

function splitDivided(contraction: Contraction): Contraction {
  let result = contraction
  for (;;) {
    const found = axisToSplit(result)
    if (found === undefined) return result
    result = splitAxis(result, found.axis, found.divisor)
  }
}

/** An axis that moves a dividend by less than the divisor and is a whole number of divisors long. */
function axisToSplit({
  extents,
  rows,
  columns,
  depth,
  left,
  right,
}: Contraction): { axis: number; divisor: number } | undefined {
  const dividends = [left, right].flatMap(dividedIndices)
  for (const axis of [...rows, ...columns, ...depth])
    for (const { dividend, divisor } of dividends) {
      const stride = dividend.terms.find(({ atom }) => atom.kind === 'axis' && atom.axis === axis)?.stride ?? 0
      if (stride % divisor !== 0 && extents[axis]! % divisor === 0 && extents[axis]! > divisor) return { axis, divisor }
    }
  return undefined
}

interface Divided {
  readonly dividend: Index
  readonly divisor: number
}

/** What is divided in an operand, be it by the condition that it is a multiple. */
function dividedIndices(operand: Scalar): Divided[] {
  const inAtoms = indicesOf([operand])
    .flatMap(nestedIndices)
    .flatMap(({ terms }) => terms.flatMap(({ atom }) => ('divisor' in atom ? [atom] : [])))
  const inConditions = conditionsOf(operand).flatMap(({ index, divisor }) =>
    divisor === undefined ? [] : [{ dividend: index, divisor }],
  )
  return [...inAtoms, ...inConditions]
}

/** axis → divisor · axis + phase, the phase being a new axis just outside it. */
function splitAxis(contraction: Contraction, axis: number, divisor: number): Contraction {
  const phase = contraction.extents.length
  const extents = [...contraction.extents, divisor]
  extents[axis]! /= divisor
  const split: Index = {
    constant: 0,
    terms: [
      { stride: divisor, atom: { kind: 'axis', axis } },
      { stride: 1, atom: { kind: 'axis', axis: phase } },
    ],
  }
  const finer = substituteAxes(contraction, extents, (other) => (other === axis ? split : axisIndex(other)))
  return mapGroups(finer, (axes) => axes.flatMap((other) => (other === axis ? [phase, axis] : [other])))
}

function skipZeros(contraction: Contraction): Contraction {
  let result = contraction
  for (;;) {
    const sparse = findSparseAxis(result)
    if (sparse === undefined) return result
    const { axis, divisor, phases, first } = sparse
    const extent = result.extents[axis]!
    const place = addIndex(axisIndex(axis, divisor), first)
    const operand = (value: Scalar): Scalar => {
      const everywhere = withoutCondition(value, sparse)
      return extent % divisor === 0 ? everywhere : within(everywhere, axisIndex(axis), extent)
    }
    const denser = { ...result, left: operand(result.left), right: operand(result.right) }
    const extents = result.extents.with(axis, Math.ceil(extent / divisor))
    result = substituteAxes(denser, extents, (other) => (other === axis ? place : axisIndex(other)))
    const isPhase = (other: number): boolean => phases.includes(other) && !result.batch.includes(other)
    result = {
      ...result,
      batch: [...result.batch, ...phases.filter(isPhase)],
      rows: result.rows.filter((other) => !isPhase(other)),
      columns: result.columns.filter((other) => !isPhase(other)),
    }
  }
}

function joinAxes(contraction: Contraction): Contraction {
  let result = contraction
  for (;;) {
    const pair = axesToJoin(result)
    if (pair === undefined) return result
    const { outer, inner } = pair
    const extents = [...result.extents]
    extents[inner]! *= extents[outer]!
    extents[outer] = 1
    result = substituteAxes(result, extents, (axis) => (axis === outer ? constantIndex(0) : axisIndex(axis)))
    result = mapGroups(result, (axes) => axes.filter((axis) => axis !== outer))
  }
}

function axesToJoin(contraction: Contraction): { outer: number; inner: number } | undefined {
  const { extents, left, right, stores } = contraction
  const indices = [...indicesOf([left, right, ...valuesOf(stores)]), ...stores.map(({ index }) => index)].flatMap(
    nestedIndices,
  )
  for (const name of groupNames)
    for (const outer of contraction[name])
      for (const inner of contraction[name])
        if (
          outer !== inner &&
          indices.every((index) => ownStride(index, outer) === extents[inner]! * ownStride(index, inner))
        )
          return { outer, inner }
  return undefined
}

/** The expressions that stores evaluate: their values, and what their indices look up. */
export function valuesOf(stores: readonly Store[]): readonly Scalar[] {
  return stores.flatMap(({ value, index }) => [value, ...valuesIn(index)])
}

function fillGroups(contraction: Contraction): Contraction {
  const extents = [...contraction.extents]
  const fill = (axes: readonly number[]): readonly number[] => (axes.length > 0 ? axes : [extents.push(1) - 1])
  const [rows, columns, depth] = [contraction.rows, contraction.columns, contraction.depth].map(fill)
  return { ...contraction, rows: rows!, columns: columns!, depth: depth!, extents }
}

function ownStride(index: Index, axis: number): number {
  return index.terms.find(({ atom }) => atom.kind === 'axis' && atom.axis === axis)?.stride ?? 0
}

/** Axes that are left are numbered without gaps. */
function renumber(contraction: Contraction): Contraction {
  const live = groupNames.flatMap((name) => contraction[name])
  if (live.length === contraction.extents.length && live.every((axis, number) => axis === number)) return contraction
  const numbers = new Map(live.map((axis, number) => [axis, number]))
  const extents = live.map((axis) => contraction.extents[axis]!)
  const renamed = substituteAxes(contraction, extents, (axis) => axisIndex(numbers.get(axis)!))
  return mapGroups(renamed, (axes) => axes.map((axis) => numbers.get(axis)!))
}

/** The contraction with every axis replaced in all its expressions. */
export function substituteAxes(
  contraction: Contraction,
  extents: readonly number[],
  replacement: (axis: number) => Index,
): Contraction {
  const substitution = { replacement, extents }
  const done = new Map<Scalar, Scalar>()
  return {
    ...contraction,
    extents,
    left: substituteScalar(contraction.left, substitution, done),
    right: substituteScalar(contraction.right, substitution, done),
    stores: contraction.stores.map((store) => ({
      ...store,
      index: substituteIndex(store.index, substitution),
      value: substituteScalar(store.value, substitution, done),
    })),
  }
}

function mapGroups(contraction: Contraction, change: (axes: readonly number[]) => readonly number[]): Contraction {
  return {
    ...contraction,
    batch: change(contraction.batch),
    rows: change(contraction.rows),
    columns: change(contraction.columns),
    depth: change(contraction.depth),
  }
}
