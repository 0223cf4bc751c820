import type { DType } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { AnyShape, Shape } from '../shape.ts'
import { checkShape, normalizeAxes, normalizeAxis, sameShape, sizeOf } from '../shape.ts'
import type { Positions } from '../shape-types/axis.ts'
import type { BroadcastTo } from '../shape-types/broadcast.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type {
  Flatten,
  Pad,
  Permute,
  Reshape,
  Resize,
  Slice,
  Squeeze,
  Transpose,
  Unsqueeze,
} from '../shape-types/movement.ts'
import type { Reduce } from '../shape-types/reduction.ts'
import type { Tensor } from '../tensor.ts'
import { ComparisonMethods } from './comparison.ts'

/** One axis or several. Negative ones count from the end. */
export type Axes = number | readonly number[]

/** Part of each leading axis, with bounds as in Python: negative ones count from the end, overlong ones are cut. */
export interface SliceBounds {
  readonly starts: readonly number[]
  /** Default: to the end. */
  readonly stops?: readonly (number | undefined)[]
  /** Default 1; positive. */
  readonly steps?: readonly number[]
}

/** One entry per axis; negative `low` and `high` crop. */
export interface Padding {
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Elements put between neighbours, default 0. */
  readonly interior?: readonly number[]
  /** Default 0. */
  readonly value?: number
}

/** Windows over some axes; strides and dilations are 1 by default. */
export interface WindowOptions {
  readonly axes: readonly number[]
  readonly sizes: readonly number[]
  readonly strides?: readonly number[]
  readonly dilations?: readonly number[]
}

/** Where windows are summed back: the axes, and the lengths they get. */
export interface OverlapAddOptions {
  readonly axes: readonly number[]
  readonly lengths: readonly number[]
  readonly strides?: readonly number[]
  readonly dilations?: readonly number[]
}

/** Positions of the axes that bounds are given for. */
type Bounded<Bounds extends SliceBounds> = PositionsOf<Bounds['starts'] | Bounds['stops'] | Bounds['steps']>
type PositionsOf<List> = List extends readonly unknown[]
  ? number extends List['length']
    ? string
    : Positions<List>
  : never

/** Elements in other places and shapes, none computed. */
export abstract class MovementMethods<S extends Shape, D extends DType> extends ComparisonMethods<S, D> {
  /**
   * The same elements, row-major, in another shape. One size may be −1: what is left.
   * @throws ShapeError if the numbers of elements differ.
   */
  reshape<S extends Shape, D extends DType, const To extends Shape>(
    this: Tensor<S, D>,
    shape: To & Fits<Reshape<S, To>>,
  ): Tensor<ResultShape<Reshape<S, To>>, D> {
    const isOpen = Array.isArray(shape) && shape.includes(-1)
    const target: Shape = isOpen ? completeShape(this.shape, shape) : shape
    checkShape('reshape', target)
    if (sameShape(this.shape, target)) return this as Tensor
    if (sizeOf(target) !== this.size)
      throw new ShapeError(
        `reshape: ${this.size} elements of ${showShape(this.shape)} do not fill ${showShape(target)} (${sizeOf(target)}).`,
      )
    return this.bind('reshape', [this], { shape: [...target] })
  }

  /** Axis i of the result is axis order[i]. */
  permute<S extends Shape, D extends DType, const Order extends readonly number[]>(
    this: Tensor<S, D>,
    order: Order & Fits<Permute<S, Order>>,
  ): Tensor<ResultShape<Permute<S, Order>>, D> {
    if (order.length !== this.rank)
      throw new ShapeError(
        `permute: order ${showShape(order)} names ${order.length} axes, ${showShape(this.shape)} has ${this.rank}.`,
      )
    const axes = normalizeAxes('permute', order, this.rank)
    return axes.every((axis, i) => axis === i) ? (this as Tensor) : this.bind('permute', [this], { order: axes })
  }

  /** Two axes exchanged; by default the last two. */
  transpose<S extends Shape, D extends DType, A extends number = -2, B extends number = -1>(
    this: Tensor<S, D>,
    axisA?: A & Fits<Reduce<S, A>>,
    axisB?: B & Fits<Reduce<S, B>>,
  ): Tensor<ResultShape<Transpose<S, A, B>>, D> {
    const a = normalizeAxis('transpose', axisA ?? -2, this.rank)
    const b = normalizeAxis('transpose', axisB ?? -1, this.rank)
    if (a === b) return this as Tensor
    const order = Array.from(this.shape, (_, axis) => (axis === a ? b : axis === b ? a : axis))
    return this.bind('permute', [this], { order })
  }

  /**
   * Axes of size 1 repeated and leading axes added up to `shape`.
   * @throws ShapeError if an axis has neither size 1 nor that of `shape`.
   */
  broadcastTo<S extends Shape, D extends DType, const To extends Shape>(
    this: Tensor<S, D>,
    shape: To & Fits<BroadcastTo<S, To>>,
  ): Tensor<ResultShape<BroadcastTo<S, To>>, D> {
    return sameShape(this.shape, shape) ? (this as Tensor) : this.bind('broadcast', [this], { shape: [...shape] })
  }

  /** Elements starts, starts + steps, … below stops of the leading axes. */
  slice<S extends Shape, D extends DType, const Bounds extends SliceBounds>(
    this: Tensor<S, D>,
    bounds: Bounds,
  ): Tensor<Slice<S, Bounded<Bounds>>, D> {
    const { starts, stops = [], steps = [] }: SliceBounds = bounds
    const count = Math.max(starts.length, stops.length, steps.length)
    if (count > this.rank)
      throw new ShapeError(`slice: bounds for ${count} axes, but ${showShape(this.shape)} has ${this.rank}.`)
    const shape: Shape = this.shape
    const from = shape.map((length, axis) => clampBound(starts[axis] ?? 0, length))
    const to = shape.map((length, axis) => Math.max(from[axis]!, clampBound(stops[axis] ?? length, length)))
    const by = shape.map((_, axis) => steps[axis] ?? 1)
    if (by.some((step) => !Number.isInteger(step) || step < 1))
      throw new ShapeError(`slice: steps ${showShape(by)} must be positive integers. To reverse an axis use flip.`)
    const isWhole = shape.every((length, axis) => from[axis] === 0 && to[axis] === length && by[axis] === 1)
    return isWhole ? (this as Tensor) : this.bind('slice', [this], { starts: from, stops: to, steps: by })
  }

  /** Position `index` of an axis, which disappears; a negative index counts from the end. */
  select<S extends Shape, D extends DType, Axis extends number>(
    this: Tensor<S, D>,
    axis: Axis & Fits<Reduce<S, Axis>>,
    index: number,
  ): Tensor<ResultShape<Reduce<S, Axis>>, D> {
    const at = normalizeAxis('select', axis, this.rank)
    const length = this.shape[at]!
    if (!Number.isInteger(index) || index < -length || index >= length)
      throw new ShapeError(`select: index ${index} is out of range for axis ${axis} of ${showShape(this.shape)}.`)
    const row: Tensor = (this as Tensor).narrow(at, index < 0 ? index + length : index, 1)
    return row.reshape(without(this.shape, [at]))
  }

  /** `length` positions of an axis from `start` on. */
  narrow<S extends Shape, D extends DType, Axis extends number, Length extends number>(
    this: Tensor<S, D>,
    axis: Axis & Fits<Resize<S, Axis, Length>>,
    start: number,
    length: Length,
  ): Tensor<ResultShape<Resize<S, Axis, Length>>, D> {
    const at = normalizeAxis('narrow', axis, this.rank)
    const shape: Shape = this.shape
    const first = start < 0 ? start + shape[at]! : start
    if (!Number.isInteger(first) || !Number.isInteger(length) || length < 0 || first < 0 || first + length > shape[at]!)
      throw new ShapeError(
        `narrow: ${length} positions from ${start} on do not lie within axis ${axis} of ${showShape(shape)}.`,
      )
    if (length === shape[at]) return this as Tensor
    const starts = shape.map((_, i) => (i === at ? first : 0))
    const stops = shape.map((size, i) => (i === at ? first + length : size))
    return this.bind('slice', [this], { starts, stops, steps: shape.map(() => 1) })
  }

  /** `value` before (`low`), after (`high`) and between (`interior`) the elements of every axis. */
  pad<S extends Shape, D extends DType, const Amounts extends Padding>(
    this: Tensor<S, D>,
    padding: Amounts,
  ): Tensor<Pad<S, Amounts>, D> {
    const { low, high, interior = low.map(() => 0), value = 0 }: Padding = padding
    if (low.length !== this.rank || high.length !== this.rank || interior.length !== this.rank)
      throw new ShapeError(
        `pad: low, high and interior need one entry for each of the ${this.rank} axes of ${showShape(this.shape)}.`,
      )
    if ([low, high, interior].every((amounts) => amounts.every((amount) => amount === 0))) return this as Tensor
    return this.bind('pad', [this], { low: [...low], high: [...high], interior: [...interior], value })
  }

  /** The axes in reverse order of elements. */
  flip<S extends Shape, D extends DType, const Which extends Axes>(
    this: Tensor<S, D>,
    axes: Which & Fits<Reduce<S, Which>>,
  ): Tensor<S, D> {
    const normalized = ascendingAxes('flip', axes, this.rank)
    return normalized.length === 0 ? this : this.bind('flip', [this], { axes: normalized })
  }

  /**
   * Without the axes, which must have size 1; by default without all axes of size 1.
   * @throws ShapeError if an axis has another size.
   */
  squeeze<S extends Shape, D extends DType, const Which extends Axes | undefined = undefined>(
    this: Tensor<S, D>,
    axes?: Which & Fits<Squeeze<S, Which>>,
  ): Tensor<ResultShape<Squeeze<S, Which>>, D> {
    const shape: Shape = this.shape
    if (axes === undefined) return this.reshape(shape.filter((length) => length !== 1))
    const gone = ascendingAxes('squeeze', axes, shape.length)
    for (const axis of gone)
      if (shape[axis] !== 1)
        throw new ShapeError(`squeeze: axis ${axis} of ${showShape(shape)} has size ${shape[axis]}, not 1.`)
    return this.reshape(without(shape, gone))
  }

  /** With a new axis of size 1 at position `axis` of the result. */
  unsqueeze<S extends Shape, D extends DType, Axis extends number>(
    this: Tensor<S, D>,
    axis: Axis & Fits<Unsqueeze<S, Axis>>,
  ): Tensor<ResultShape<Unsqueeze<S, Axis>>, D> {
    const at = normalizeAxis('unsqueeze', axis, this.rank + 1)
    return (this as Tensor).reshape([...this.shape.slice(0, at), 1, ...this.shape.slice(at)])
  }

  /** The axes from `startAxis` to `endAxis`, both included, as one. */
  flatten<S extends Shape, D extends DType, Start extends number = 0, End extends number = -1>(
    this: Tensor<S, D>,
    startAxis?: Start & Fits<Flatten<S, Start, End>>,
    endAxis?: End & Fits<Flatten<S, Start, End>>,
  ): Tensor<ResultShape<Flatten<S, Start, End>>, D> {
    if (this.rank === 0) return (this as Tensor).unsqueeze(0)
    const first = normalizeAxis('flatten', startAxis ?? 0, this.rank)
    const last = normalizeAxis('flatten', endAxis ?? -1, this.rank)
    if (first > last)
      throw new ShapeError(`flatten: startAxis lies behind endAxis: ${first} > ${last} of ${showShape(this.shape)}.`)
    const shape: Shape = this.shape
    return this.reshape([...shape.slice(0, first), sizeOf(shape.slice(first, last + 1)), ...shape.slice(last + 1)])
  }

  /** Sliding windows: each axis becomes its number of windows, and the window's own axes are added at the end. */
  window<D extends DType>(this: Tensor<Shape, D>, options: WindowOptions): Tensor<AnyShape, D> {
    const axes = normalizeAxes('window', options.axes, this.rank)
    const { sizes, strides = axes.map(() => 1), dilations = axes.map(() => 1) } = options
    return this.bind('window', [this], { axes, sizes: [...sizes], strides: [...strides], dilations: [...dilations] })
  }

  /** The adjoint of `window`: windows summed back into axes of the given lengths. */
  overlapAdd<D extends DType>(this: Tensor<Shape, D>, options: OverlapAddOptions): Tensor<AnyShape, D> {
    const axes = normalizeAxes('overlapAdd', options.axes, this.rank - options.axes.length)
    const { lengths, strides = axes.map(() => 1), dilations = axes.map(() => 1) } = options
    return this.bind('overlapAdd', [this], {
      axes,
      lengths: [...lengths],
      strides: [...strides],
      dilations: [...dilations],
    })
  }
}

/** Axes as one ascending list, counted from the start. */
export function ascendingAxes(operation: string, axes: Axes, rank: number): number[] {
  if (typeof axes === 'number') return [normalizeAxis(operation, axes, rank)]
  return normalizeAxes(operation, axes, rank).sort((a, b) => a - b)
}

function without(shape: Shape, axes: readonly number[]): Shape {
  return shape.filter((_, axis) => !axes.includes(axis))
}

function completeShape(from: Shape, shape: Shape): Shape {
  const known = sizeOf(shape.filter((length) => length !== -1))
  const size = sizeOf(from)
  const rest = size / known
  if (shape.indexOf(-1) !== shape.lastIndexOf(-1))
    throw new ShapeError(`reshape: ${showShape(shape)} leaves more than one size open; only one may be -1.`)
  if (known === 0 || !Number.isInteger(rest))
    throw new ShapeError(
      `reshape: ${size} elements of ${showShape(from)} do not fill ${showShape(shape)}: ${size} is no multiple of ${known}.`,
    )
  return shape.map((length) => (length === -1 ? rest : length))
}

function clampBound(bound: number, length: number): number {
  if (!Number.isInteger(bound) && Math.abs(bound) !== Infinity)
    throw new ShapeError(`slice: ${bound} is not an integer bound.`)
  return Math.min(Math.max(bound < 0 ? bound + length : bound, 0), length)
}
