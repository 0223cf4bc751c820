import {
  type DType,
  type Fits,
  maxPool2d,
  type PerAxis,
  type Pooling,
  type ResultShape,
  type Shape,
  type Tensor,
} from '@neurite/tensor'
import type { Module } from '../module.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'
import { perAxis, type WindowGeometry, windowGeometry } from '../window-geometry.ts'

/** Options of a pooling layer. */
export interface PoolingLayerOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PerAxis = PerAxis,
  Dilation extends PerAxis = PerAxis,
> {
  /** Distance from one window to the next. Default: the kernel size, so that windows touch. */
  readonly stride?: Stride
  /** Added on both sides of every spatial axis, at most half of the kernel size. Default 0. */
  readonly padding?: Padding
  /** Distance between neighbouring elements of a window. Default 1. */
  readonly dilation?: Dilation
}

interface MaxPool2dShapes<
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis,
  Dilation extends PerAxis,
> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape
    ? Pooling<'MaxPool2d', S, Kernel, Stride, Padding, Dilation>
    : never
}

/**
 * The largest element of each window of every channel.
 *
 * x [N, C, H, W] → [N, C, H′, W′] with H′ = ⌊(H + 2 · padding − dilation · (kernelSize − 1) − 1) / stride⌋ + 1.
 * The stride is the kernel size unless given, so that windows touch; padding is −∞ and never the largest.
 */
export class MaxPool2d<
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
> implements Module, Shaped<MaxPool2dShapes<Kernel, Stride, Padding, Dilation>>
{
  declare readonly shapes?: MaxPool2dShapes<Kernel, Stride, Padding, Dilation>
  readonly kernelSize: readonly number[]
  readonly geometry: WindowGeometry

  /** @throws RangeError if a size is not a positive integer, or padding exceeds half the kernel. */
  constructor(kernelSize: Kernel, options: PoolingLayerOptions<Stride, Padding, Dilation> = {}) {
    const { stride = kernelSize, padding = 0, dilation = 1 }: PoolingLayerOptions = options
    this.kernelSize = perAxis('MaxPool2d', { name: 'kernelSize', value: kernelSize, rank: 2 })
    this.geometry = windowGeometry('MaxPool2d', { stride, padding, dilation, rank: 2 })
    this.geometry.padding.forEach((padded, axis) => {
      if (2 * padded <= this.kernelSize[axis]!) return
      throw new RangeError(
        `MaxPool2d: padding is ${padded}; it must be at most half of kernelSize ${this.kernelSize[axis]}.`,
      )
    })
  }

  /** @throws ShapeError unless `x` is [N, channels, height, width], large enough for a window. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<Pooling<'MaxPool2d', S, Kernel, Stride, Padding, Dilation>>,
  ): Tensor<ResultShape<Pooling<'MaxPool2d', S, Kernel, Stride, Padding, Dilation>>, D> {
    return maxPool2d(x as Tensor, { kernelSize: this.kernelSize, ...this.geometry })
  }
}
