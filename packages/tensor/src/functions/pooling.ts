import { full } from '../create.ts'
import type { DType, Floating } from '../dtype.ts'
import { isFloating } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { Shape } from '../shape.ts'
import { sizeOf } from '../shape.ts'
import type { PerAxis, Pooling } from '../shape-types/convolution.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'
import { checkWindow, spatialList } from './spatial-axes.ts'

export interface PoolingOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends PerAxis = PerAxis,
  Dilation extends PerAxis = PerAxis,
> {
  readonly kernelSize: Kernel
  /** Default: `kernelSize`, so that windows do not overlap. */
  readonly stride?: Stride
  /** On both sides of each spatial axis, at most half the kernel's size; default 0. */
  readonly padding?: Padding
  /** Distance between a window's elements, default 1. */
  readonly dilation?: Dilation
}

interface CountOption {
  /** Whether the zeros of the padding count as elements of the mean, default true. */
  readonly countIncludePad?: boolean
}

type Options<
  Operation extends string,
  X extends Shape,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis,
  Dilation extends PerAxis,
> = PoolingOptions<Kernel, Stride, Padding, Dilation> & Fits<Pooling<Operation, X, Kernel, Stride, Padding, Dilation>>

type Pooled<
  Operation extends string,
  X extends Shape,
  D extends DType,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis,
  Dilation extends PerAxis,
> = Tensor<ResultShape<Pooling<Operation, X, Kernel, Stride, Padding, Dilation>>, D>

/** The largest element of each window; padding never wins: x [N, C, L] → [N, C, L′]. */
export function maxPool1d<
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
>(
  x: Tensor<X, D>,
  options: Options<'maxPool1d', X, Kernel, Stride, Padding, Dilation>,
): Pooled<'maxPool1d', X, D, Kernel, Stride, Padding, Dilation> {
  return maxPool('maxPool1d', 1, x, options)
}

/** The largest element of each window; padding never wins: x [N, C, H, W] → [N, C, H′, W′]. */
export function maxPool2d<
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
>(
  x: Tensor<X, D>,
  options: Options<'maxPool2d', X, Kernel, Stride, Padding, Dilation>,
): Pooled<'maxPool2d', X, D, Kernel, Stride, Padding, Dilation> {
  return maxPool('maxPool2d', 2, x, options)
}

/** The largest element of each window; padding never wins: x [N, C, D, H, W] → [N, C, D′, H′, W′]. */
export function maxPool3d<
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
>(
  x: Tensor<X, D>,
  options: Options<'maxPool3d', X, Kernel, Stride, Padding, Dilation>,
): Pooled<'maxPool3d', X, D, Kernel, Stride, Padding, Dilation> {
  return maxPool('maxPool3d', 3, x, options)
}

/** The mean of each window: x [N, C, L] → [N, C, L′]. */
export function averagePool1d<
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
>(
  x: Tensor<X, D>,
  options: Options<'averagePool1d', X, Kernel, Stride, Padding, Dilation> & CountOption,
): Pooled<'averagePool1d', X, Floating<D>, Kernel, Stride, Padding, Dilation> {
  return averagePool('averagePool1d', 1, x, options)
}

/** The mean of each window: x [N, C, H, W] → [N, C, H′, W′]. */
export function averagePool2d<
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
>(
  x: Tensor<X, D>,
  options: Options<'averagePool2d', X, Kernel, Stride, Padding, Dilation> & CountOption,
): Pooled<'averagePool2d', X, Floating<D>, Kernel, Stride, Padding, Dilation> {
  return averagePool('averagePool2d', 2, x, options)
}

/** The mean of each window: x [N, C, D, H, W] → [N, C, D′, H′, W′]. */
export function averagePool3d<
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
>(
  x: Tensor<X, D>,
  options: Options<'averagePool3d', X, Kernel, Stride, Padding, Dilation> & CountOption,
): Pooled<'averagePool3d', X, Floating<D>, Kernel, Stride, Padding, Dilation> {
  return averagePool('averagePool3d', 3, x, options)
}

function maxPool(operation: string, spatial: number, x: Tensor, options: PoolingOptions): Tensor {
  const smallest = isFloating(x.dtype) ? -Infinity : x.dtype === 'int32' ? -(2 ** 31) : 0
  const windows = poolingWindows(operation, spatial, x, options, smallest)
  return windows.max(windowAxes(spatial), { ties: 'first' })
}

function averagePool(operation: string, spatial: number, x: Tensor, options: PoolingOptions & CountOption): Tensor {
  const windows = poolingWindows(operation, spatial, x, options, 0)
  const sums = windows.sum(windowAxes(spatial))
  if (options.countIncludePad ?? true) return sums.divide(sizeOf(windows.shape.slice(-spatial)))
  const ones = full([1, 1, ...x.shape.slice(2)], 1) as Tensor
  return sums.divide(poolingWindows(operation, spatial, ones, options, 0).sum(windowAxes(spatial)).cast(sums.dtype))
}

/** x [N, C, ...spatial] → [N, C, ...windows, ...kernel]. */
function poolingWindows(operation: string, spatial: number, x: Tensor, options: PoolingOptions, value: number): Tensor {
  if (x.rank !== spatial + 2)
    throw new ShapeError(`${operation}: takes ${spatial + 2} axes [N, C, ...spatial], not ${showShape(x.shape)}.`)
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
  const padded = padding.map((amount) => 2 * amount)
  checkWindow(operation, x.shape.slice(2), { kernel: sizes, dilations, padding: padded })
  const around = [0, 0, ...padding]
  const axes = Array.from({ length: spatial }, (_, axis) => axis + 2)
  return x.pad({ low: around, high: around, value }).window({ axes, sizes, strides, dilations })
}

function windowAxes(spatial: number): Shape {
  return Array.from({ length: spatial }, (_, axis) => axis - spatial)
}
