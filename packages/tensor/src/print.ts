// Tensors as text and as nested arrays.

import type { DType, TypedArray } from './dtype.ts'
import { showShape } from './errors.ts'
import type { AnyShape, Shape } from './shape.ts'
import { stridesOf } from './shape.ts'

/** Numbers nested as deep as the shape has axes; a number for a scalar. */
export type NestedArray<S extends Shape> = 0 extends S
  ? AnyShape
  : number extends S['length']
    ? AnyShape
    : S extends readonly [number, ...infer Rest extends Shape]
      ? NestedArray<Rest>[]
      : number

// As in NumPy: more than 1000 elements are shown by three at each end of every axis.
const mostElements = 1000
const atEachEnd = 3
const digits = 5

/** `Tensor<[2, 2], float32>` followed by the values in aligned columns; values not known yet are not computed. */
export function printTensor(shape: Shape, dtype: DType, data: TypedArray | undefined): string {
  const type = `Tensor<${showShape(shape)}, ${dtype}>`
  if (data === undefined) return `${type} (not evaluated)`
  const strides = stridesOf(shape)
  const elides = data.length > mostElements
  const shown = shownIndices(shape, strides, elides)
  const texts = new Map(shown.map((index) => [index, showNumber(data[index]!, dtype)]))
  const width = Math.max(0, ...[...texts.values()].map((text) => text.length))

  const show = (axis: number, offset: number): string => {
    if (axis === shape.length) return texts.get(offset)!.padStart(width)
    const parts = positions(shape[axis]!, elides).map((position) =>
      position === undefined ? '…' : show(axis + 1, offset + position * strides[axis]!),
    )
    const isRow = axis === shape.length - 1
    // A blank line between matrices, two between stacks of them.
    const separator = isRow ? ', ' : `,${'\n'.repeat(shape.length - 1 - axis)}${' '.repeat(axis + 1)}`
    return `[${parts.join(separator)}]`
  }
  const values = show(0, 0)
  return shape.length === 0 ? `${type} ${values}` : `${type}\n${values}`
}

/** Row-major elements as nested arrays. */
export function nest(shape: Shape, data: TypedArray): unknown {
  const strides = stridesOf(shape)
  const build = (axis: number, offset: number): unknown => {
    if (axis === shape.length) return data[offset]
    return Array.from({ length: shape[axis]! }, (_, position) => build(axis + 1, offset + position * strides[axis]!))
  }
  return build(0, 0)
}

function positions(length: number, elides: boolean): (number | undefined)[] {
  const all = Array.from({ length }, (_, position) => position)
  if (!elides || length <= 2 * atEachEnd) return all
  return [...all.slice(0, atEachEnd), undefined, ...all.slice(-atEachEnd)]
}

function shownIndices(shape: Shape, strides: readonly number[], elides: boolean): number[] {
  return shape.reduce<number[]>(
    (offsets, length, axis) =>
      offsets.flatMap((offset) =>
        positions(length, elides).flatMap((position) =>
          position === undefined ? [] : [offset + position * strides[axis]!],
        ),
      ),
    [0],
  )
}

function showNumber(value: number, dtype: DType): string {
  if (dtype === 'bool') return value === 0 ? 'false' : 'true'
  if (Number.isInteger(value)) return Object.is(value, -0) ? '-0' : String(value)
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value)
}
