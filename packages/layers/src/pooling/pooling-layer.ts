// What layers are that slide windows over channels and bring the elements of each together.

import type {
  DType,
  Fits,
  Floating,
  PerAxis,
  Pooling,
  PoolingOptions,
  ResultShape,
  Shape,
  Tensor,
} from '@neurite/tensor'
import type { Module } from '../module.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'
import type { SpatialRank } from '../spatial-sizes.ts'
import { perAxis, type WindowGeometry, windowGeometry } from '../window-geometry.ts'

/** Options of a pooling layer. */
export interface PoolingLayerOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PerAxis = PerAxis,
  Dilation extends PerAxis = PerAxis,
  Ceil extends boolean = boolean,
> {
  /** Distance from one window to the next. Default: the kernel size, so that windows touch. */
  readonly stride?: Stride
  /** Added on both sides of every spatial axis, at most half of the kernel size. Default 0. */
  readonly padding?: Padding
  /** Distance between neighbouring elements of a window. Default 1. */
  readonly dilation?: Dilation
  /** Whether windows that begin inside and reach beyond the end count too, as far as they go. Default false. */
  readonly ceilMode?: Ceil
}

/** Shape after pooling; sizes that are rounded up are not followed at compile time. */
export type Pooled<
  Name extends string,
  S extends Shape,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis,
  Dilation extends PerAxis,
  Ceil extends boolean,
> = Pooling<Name, S, Kernel, Ceil extends false ? Stride : number, Padding, Dilation>

interface PoolingShapes<
  Name extends string,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis,
  Dilation extends PerAxis,
  Ceil extends boolean,
> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape
    ? Pooled<Name, S, Kernel, Stride, Padding, Dilation, Ceil>
    : never
}

/** Whether a layer keeps the dtype, as a maximum does, or gives floats, as a mean does. */
export type ResultKind = 'same' | 'floating'

/** The result's dtype. */
export type ResultDType<Kind extends ResultKind, D extends DType> = Kind extends 'floating' ? Floating<D> : D

/** How a layer is called and what it slides over. */
interface PoolingDefinition<Name extends string> {
  readonly name: Name
  readonly rank: SpatialRank
  readonly kernelSize: PerAxis
}

/** Windows over the spatial axes, and what a subclass makes of each. */
export abstract class PoolingLayer<
  Name extends string,
  Kind extends ResultKind,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis,
  Dilation extends PerAxis,
  Ceil extends boolean,
> implements Module, Shaped<PoolingShapes<Name, Kernel, Stride, Padding, Dilation, Ceil>>
{
  declare readonly shapes?: PoolingShapes<Name, Kernel, Stride, Padding, Dilation, Ceil>
  declare readonly kind?: Kind
  readonly kernelSize: readonly number[]
  readonly geometry: WindowGeometry
  readonly ceilMode: boolean

  protected constructor({ name, rank, kernelSize }: PoolingDefinition<Name>, options: PoolingLayerOptions) {
    const { stride = kernelSize, padding = 0, dilation = 1, ceilMode = false } = options
    this.kernelSize = perAxis(name, { name: 'kernelSize', value: kernelSize, rank })
    this.geometry = windowGeometry(name, { stride, padding, dilation, rank })
    this.ceilMode = ceilMode
    this.geometry.padding.forEach((padded, axis) => {
      if (2 * padded <= this.kernelSize[axis]!) return
      throw new RangeError(
        `${name}: padding is ${padded}; it must be at most half of kernelSize ${this.kernelSize[axis]}.`,
      )
    })
  }

  protected abstract pooled(x: Tensor, options: PoolingOptions): Tensor

  /** @throws ShapeError unless `x` is [N, channels, ...spatial], large enough for a window. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<Pooled<Name, S, Kernel, Stride, Padding, Dilation, Ceil>>,
  ): Tensor<ResultShape<Pooled<Name, S, Kernel, Stride, Padding, Dilation, Ceil>>, ResultDType<Kind, D>> {
    const y = this.pooled(x, { kernelSize: this.kernelSize, ...this.geometry, ceilMode: this.ceilMode })
    return y as Tensor<never, never>
  }
}
