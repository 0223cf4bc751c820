// Contraction kernels by plain loops in float64: what the emitted code is compared with.

import type { Condition, ContractionKernel, Index, IndexAtom, Scalar, ScalarOp } from '@neurite/compiler/kernel'
import type { Contraction } from '../contraction/normalize.ts'

const operations: { readonly [O in ScalarOp]?: (...operands: number[]) => number } = {
  negate: (x) => -x!,
  add: (x, y) => x! + y!,
  subtract: (x, y) => x! - y!,
  multiply: (x, y) => x! * y!,
  maximum: (x, y) => Math.max(x!, y!),
  minimum: (x, y) => Math.min(x!, y!),
  tanh: (x) => Math.tanh(x!),
  sigmoid: (x) => 1 / (1 + Math.exp(-x!)),
  less: (x, y) => (x! < y! ? 1 : 0),
  select: (condition, x, y) => (condition ? x! : y!),
  cast: (x) => x!,
}

interface Point {
  readonly axes: readonly number[]
  readonly buffers: readonly ArrayLike<number>[]
  readonly result?: number
}

function indexValue(index: Index, point: Point): number {
  return index.terms.reduce((sum, { stride, atom }) => sum + stride * atomValue(atom, point), index.constant)
}

function atomValue(atom: IndexAtom, point: Point): number {
  switch (atom.kind) {
    case 'axis':
      return point.axes[atom.axis]!
    case 'value':
      return scalarValue(atom.value, point)
    case 'quotient':
      return Math.floor(indexValue(atom.dividend, point) / atom.divisor)
    case 'remainder': {
      const dividend = indexValue(atom.dividend, point)
      return dividend - atom.divisor * Math.floor(dividend / atom.divisor)
    }
  }
}

function holds({ index, low, high, divisor = 1 }: Condition, point: Point): boolean {
  const value = indexValue(index, point)
  return value >= low && value < high && value % divisor === 0
}

export function scalarValue(scalar: Scalar, point: Point): number {
  switch (scalar.kind) {
    case 'constant':
      return scalar.value
    case 'index':
      return indexValue(scalar.index, point)
    case 'load':
      return point.buffers[scalar.buffer]![indexValue(scalar.index, point)]!
    case 'apply':
      return operations[scalar.op]!(...scalar.operands.map((operand) => scalarValue(operand, point)))
    case 'guard':
      return scalar.conditions.every((condition) => holds(condition, point))
        ? scalarValue(scalar.value, point)
        : scalar.otherwise
    case 'result':
      return point.result!
  }
}

/** Every point of an index space, last axis fastest. */
export function* pointsOf(extents: readonly number[]): Generator<number[]> {
  const point = extents.map(() => 0)
  if (extents.includes(0)) return
  for (;;) {
    yield point
    let axis = extents.length - 1
    while (axis >= 0 && ++point[axis]! === extents[axis]) point[axis--] = 0
    if (axis < 0) return
  }
}

/** Runs the kernel on the buffers, which are changed in place. */
export function runContraction(kernel: ContractionKernel, buffers: readonly number[][]): void {
  let next = 0
  const number = (extents: readonly number[]): number[] => extents.map(() => next++)
  const { batch, rows, columns, depth, left, right, stores } = kernel
  const extents = [...batch, ...rows, ...columns, ...depth]
  const groups = { batch: number(batch), rows: number(rows), columns: number(columns), depth: number(depth) }
  runAxes({ extents, ...groups, left, right, stores }, buffers)
}

/** The same where the groups name their axes. */
export function runAxes(contraction: Contraction, buffers: readonly number[][]): void {
  const { extents, depth, left, right, stores } = contraction
  const outer = [...contraction.batch, ...contraction.rows, ...contraction.columns]
  const axes = extents.map(() => 0)
  const place = (names: readonly number[], values: readonly number[]): void =>
    names.forEach((axis, i) => {
      axes[axis] = values[i]!
    })
  for (const outerPoint of pointsOf(outer.map((axis) => extents[axis]!))) {
    place(outer, outerPoint)
    let sum = 0
    for (const innerPoint of pointsOf(depth.map((axis) => extents[axis]!))) {
      place(depth, innerPoint)
      sum += scalarValue(left, { axes, buffers }) * scalarValue(right, { axes, buffers })
    }
    const point = { axes, buffers, result: sum }
    const writes = stores.map(({ buffer, index, value }) => ({
      buffer,
      at: indexValue(index, point),
      value: scalarValue(value, point),
    }))
    for (const { buffer, at, value } of writes) buffers[buffer]![at] = value
  }
}
