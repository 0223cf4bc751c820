import type { DType } from '../../dtype.ts'
import { isFloating } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { PerAxis } from '../../shape-types/convolution.ts'
import type { Tensor } from '../../tensor.ts'
import {
  elementAxes,
  type FittingOptions,
  type Pooled,
  type PoolingOptions,
  poolingGeometry,
  poolingWindows,
} from './pooling-windows.ts'

/** The largest element of each window; padding never wins: x [N, C, L] → [N, C, L′]. */
export function maxPool1d<
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
  Ceil extends boolean = false,
>(
  x: Tensor<X, D>,
  options: FittingOptions<'maxPool1d', X, Kernel, Stride, Padding, Dilation, Ceil>,
): Pooled<'maxPool1d', X, D, Kernel, Stride, Padding, Dilation, Ceil> {
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
  Ceil extends boolean = false,
>(
  x: Tensor<X, D>,
  options: FittingOptions<'maxPool2d', X, Kernel, Stride, Padding, Dilation, Ceil>,
): Pooled<'maxPool2d', X, D, Kernel, Stride, Padding, Dilation, Ceil> {
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
  Ceil extends boolean = false,
>(
  x: Tensor<X, D>,
  options: FittingOptions<'maxPool3d', X, Kernel, Stride, Padding, Dilation, Ceil>,
): Pooled<'maxPool3d', X, D, Kernel, Stride, Padding, Dilation, Ceil> {
  return maxPool('maxPool3d', 3, x, options)
}

function maxPool(operation: string, spatial: number, x: Tensor, options: PoolingOptions): Tensor {
  const smallest = isFloating(x.dtype) ? -Infinity : x.dtype === 'int32' ? -(2 ** 31) : 0
  const windows = poolingWindows(x, poolingGeometry(operation, spatial, x.shape, options), smallest)
  return windows.max(elementAxes(spatial), { ties: 'first' })
}
