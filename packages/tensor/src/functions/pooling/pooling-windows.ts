// The windows that pooling brings together, one kind of pooling beside the other.

import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { Shape } from '../../shape.ts'
import type { PerAxis, Pooling } from '../../shape-types/convolution.ts'
import type { Fits, ResultShape } from '../../shape-types/mismatch.ts'
import type { Tensor } from '../../tensor.ts'
import { checkWindow, spatialList } from '../spatial-axes.ts'

export interface PoolingOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends PerAxis = PerAxis,
  Dilation extends PerAxis = PerAxis,
  Ceil extends boolean = boolean,
> {
  readonly kernelSize: Kernel
  /** Default: `kernelSize`, so that windows do not overlap. */
  readonly stride?: Stride
  /** On both sides of each spatial axis, at most half the kernel's size; default 0. */
  readonly padding?: Padding
  /** Distance between a window's elements, default 1. */
  readonly dilation?: Dilation
  /** Whether windows that begin inside and reach beyond the end are taken too, as far as they go; default false. */
  readonly ceilMode?: Ceil
}

/** What a pooling function takes: options that fit `x`. */
export type FittingOptions<
  Operation extends string,
  X extends Shape,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis,
  Dilation extends PerAxis,
  Ceil extends boolean,
> = PoolingOptions<Kernel, Stride, Padding, Dilation, Ceil> &
  Fits<Pooling<Operation, X, Kernel, StrideIn<Ceil, Stride>, Padding, Dilation>>

/** What it gives; sizes that are rounded up are not followed at compile time. */
export type Pooled<
  Operation extends string,
  X extends Shape,
  D extends DType,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis,
  Dilation extends PerAxis,
  Ceil extends boolean,
> = Tensor<ResultShape<Pooling<Operation, X, Kernel, StrideIn<Ceil, Stride>, Padding, Dilation>>, D>

type StrideIn<Ceil extends boolean, Stride extends PerAxis> = Ceil extends false ? Stride : number

/** Windows over the spatial axes; one entry per axis in each list. */
export interface PoolingGeometry {
  readonly sizes: Shape
  readonly strides: Shape
  readonly dilations: Shape
  /** On both sides. */
  readonly padding: Shape
  /** Behind the padding, so that the last windows are whole. */
  readonly overhang: Shape
}

/** @throws ShapeError if `x` is not [N, C, ...spatial], no window fits, or one would hold nothing but padding. */
export function poolingGeometry(
  operation: string,
  spatial: number,
  shape: Shape,
  options: PoolingOptions,
): PoolingGeometry {
  if (shape.length !== spatial + 2)
    throw new ShapeError(`${operation}: takes ${spatial + 2} axes [N, C, ...spatial], not ${showShape(shape)}.`)
  const perAxis = spatialList(operation, spatial)
  const sizes = perAxis('kernelSize', options.kernelSize)
  const strides = perAxis('stride', options.stride ?? sizes)
  const dilations = perAxis('dilation', options.dilation ?? 1)
  const padding = perAxis('padding', options.padding ?? 0)
  padding.forEach((amount, axis) => {
    if (amount * 2 > sizes[axis]!)
      throw new ShapeError(
        `${operation}: padding ${showShape(padding)} is more than half the kernel ${showShape(sizes)}: windows would lie outside.`,
      )
  })
  const lengths = shape.slice(2)
  checkWindow(operation, lengths, { kernel: sizes, dilations, padding: padding.map((amount) => 2 * amount) })
  const overhang = lengths.map((length, i) => {
    if (!options.ceilMode) return 0
    const extent = dilations[i]! * (sizes[i]! - 1) + 1
    return overhangOf({ length, extent, stride: strides[i]!, padding: padding[i]! })
  })
  return { sizes, strides, dilations, padding, overhang }
}

/** Of windows rounded up, how far the last reaches beyond the padding. Windows must begin before the padding at the end. */
function overhangOf(axis: { length: number; extent: number; stride: number; padding: number }): number {
  const { length, extent, stride, padding } = axis
  const padded = length + 2 * padding
  const last = Math.ceil((padded - extent) / stride)
  const begun = last * stride >= length + padding ? last - 1 : last
  return Math.max(0, begun * stride + extent - padded)
}

/** x [N, C, ...spatial], with `value` around it, → [N, C, ...windows, ...kernel]. */
export function poolingWindows(x: Tensor, geometry: PoolingGeometry, value: number): Tensor {
  const { sizes, strides, dilations, padding, overhang } = geometry
  const axes = padding.map((_, axis) => axis + 2)
  return x
    .pad({ low: [0, 0, ...padding], high: [0, 0, ...padding.map((amount, i) => amount + overhang[i]!)], value })
    .window({ axes, sizes, strides, dilations })
}

/** The axes of a window's elements, counted from the end. */
export function elementAxes(spatial: number): Shape {
  return Array.from({ length: spatial }, (_, axis) => axis - spatial)
}
