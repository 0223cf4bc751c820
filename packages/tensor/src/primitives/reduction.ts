import { allocate } from '../dtype.ts'
import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type {
  ArrayValue,
  ReductionName,
  ReferenceRule,
  ReferenceRules,
  ShapeRule,
  ShapeRules,
  TensorType,
} from '../primitive.ts'
import { normalizeAxes, type Shape, sizeOf, stridesOf } from '../shape.ts'
import { finishTotals, multiplication, startTotals } from './element.ts'
import { viewOffsets } from './view-offsets.ts'

export const reductionShapes: ShapeRules<ReductionName> = {
  sum: totalShape('sum'),
  product: totalShape('product'),
  max: extremumShape('max'),
  min: extremumShape('min'),
  argMax: extremumShape('argMax'),
}

function totalShape<P extends 'sum' | 'product'>(name: P): ShapeRule<P> {
  return ([x], { axes }) => {
    const shape = reducedShape(name, x!, axes)
    // C2
    if (x!.dtype === 'bool') throw new DTypeError(`${name}: takes numbers, not bool. Cast to int32 first?`)
    return { shape, dtype: x!.dtype }
  }
}

function extremumShape<P extends 'max' | 'min' | 'argMax'>(name: P): ShapeRule<P> {
  return ([x], { axes }) => {
    const shape = reducedShape(name, x!, axes)
    // C3
    if (axes.some((axis) => x!.shape[axis] === 0))
      throw new ShapeError(
        `${name}: axes ${showShape(axes)} of ${showShape(x!.shape)} hold no elements, and of none there is no ${name}.`,
      )
    return { shape, dtype: name === 'argMax' ? 'int32' : x!.dtype }
  }
}

function reducedShape(name: ReductionName, { shape }: TensorType, axes: readonly number[]): Shape {
  // C1
  normalizeAxes(name, axes, shape.length)
  return shape.filter((_, axis) => !axes.includes(axis))
}

export const reductionReference: ReferenceRules<ReductionName> = {
  sum: ([x], { axes }, { shape, dtype }) => {
    const { data } = x!
    const totals = startTotals(dtype, sizeOf(shape))
    const places = resultPlaces(x!, axes)
    for (let i = 0; i < places.length; i++) totals[places[i]!]! += data[i]!
    return finishTotals(totals, dtype)
  },

  product: ([x], { axes }, { shape, dtype }) => {
    const { data } = x!
    const totals = startTotals(dtype, sizeOf(shape)).fill(1)
    const multiply = multiplication(dtype)
    const places = resultPlaces(x!, axes)
    for (let i = 0; i < places.length; i++) totals[places[i]!] = multiply(totals[places[i]!]!, data[i]!)
    return finishTotals(totals, dtype)
  },

  max: extremum(Math.max, -Infinity),
  min: extremum(Math.min, Infinity),

  argMax: ([x], { axes }, { shape }) => {
    const { data } = x!
    const largest = new Float64Array(sizeOf(shape))
    const found = new Int32Array(largest.length).fill(-1)
    const places = resultPlaces(x!, axes)
    const positions = reducedPositions(x!, axes)
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!
      const value = data[i]!
      const isBetter =
        found[place] === -1 || value > largest[place]! || (Number.isNaN(value) && !Number.isNaN(largest[place]))
      if (!isBetter) continue
      largest[place] = value
      found[place] = positions[i]!
    }
    return found
  },
}

function extremum<P extends 'max' | 'min'>(choose: (a: number, b: number) => number, start: number): ReferenceRule<P> {
  return ([x], { axes }, { shape, dtype }) => {
    const { data } = x!
    const best = new Float64Array(sizeOf(shape)).fill(start)
    const places = resultPlaces(x!, axes)
    for (let i = 0; i < places.length; i++) best[places[i]!] = choose(best[places[i]!]!, data[i]!)
    const result = allocate(dtype, best.length)
    result.set(best)
    return result
  }
}

/** For every element of `x`, row-major, the place in the result that it goes into. */
function resultPlaces({ shape }: ArrayValue, axes: readonly number[]): Int32Array {
  return placesAlong(shape, (axis) => !axes.includes(axis))
}

/** For every element of `x`, row-major, its position among those that are reduced into one. */
function reducedPositions({ shape }: ArrayValue, axes: readonly number[]): Int32Array {
  return placesAlong(shape, (axis) => axes.includes(axis))
}

/** Positions of elements if only some axes are counted. */
function placesAlong(shape: Shape, isCounted: (axis: number) => boolean): Int32Array {
  return viewOffsets(
    shape,
    stridesOf(shape.map((length, axis) => (isCounted(axis) ? length : 1))).map((stride, axis) =>
      isCounted(axis) ? stride : 0,
    ),
  )
}
