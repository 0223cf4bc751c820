import { full } from '../../create.ts'
import type { DType, Floating } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import { sizeOf } from '../../shape.ts'
import type { PerAxis } from '../../shape-types/convolution.ts'
import type { Tensor } from '../../tensor.ts'
import {
  elementAxes,
  type FittingOptions,
  type Pooled,
  type PoolingGeometry,
  type PoolingOptions,
  poolingGeometry,
  poolingWindows,
} from './pooling-windows.ts'

/** What a window's sum is divided by. */
export interface DivisorOptions {
  /** Whether the zeros of the padding count as elements of the mean, default true. */
  readonly countIncludePad?: boolean
  /** This instead of the number of elements. */
  readonly divisor?: number
}

/** The mean of each window: x [N, C, L] → [N, C, L′]. */
export function averagePool1d<
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
  Ceil extends boolean = false,
>(
  x: Tensor<X, D>,
  options: FittingOptions<'averagePool1d', X, Kernel, Stride, Padding, Dilation, Ceil> & DivisorOptions,
): Pooled<'averagePool1d', X, Floating<D>, Kernel, Stride, Padding, Dilation, Ceil> {
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
  Ceil extends boolean = false,
>(
  x: Tensor<X, D>,
  options: FittingOptions<'averagePool2d', X, Kernel, Stride, Padding, Dilation, Ceil> & DivisorOptions,
): Pooled<'averagePool2d', X, Floating<D>, Kernel, Stride, Padding, Dilation, Ceil> {
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
  Ceil extends boolean = false,
>(
  x: Tensor<X, D>,
  options: FittingOptions<'averagePool3d', X, Kernel, Stride, Padding, Dilation, Ceil> & DivisorOptions,
): Pooled<'averagePool3d', X, Floating<D>, Kernel, Stride, Padding, Dilation, Ceil> {
  return averagePool('averagePool3d', 3, x, options)
}

function averagePool(operation: string, spatial: number, x: Tensor, options: PoolingOptions & DivisorOptions): Tensor {
  const geometry = poolingGeometry(operation, spatial, x.shape, options)
  const sums = poolingWindows(x, geometry, 0).sum(elementAxes(spatial))
  return sums.divide(options.divisor ?? countsOf(x, geometry, options.countIncludePad ?? true))
}

/** How many elements each window holds; one number where that is the same for all. */
function countsOf(x: Tensor, geometry: PoolingGeometry, withPadding: boolean): Tensor | number {
  const { sizes, padding, overhang } = geometry
  const hasOverhang = overhang.some((amount) => amount > 0)
  if (!hasOverhang && (withPadding || padding.every((amount) => amount === 0))) return sizeOf(sizes)
  const lengths = x.shape.slice(2)
  const counted = withPadding ? lengths.map((length: number, i: number) => length + 2 * padding[i]!) : lengths
  const ones: Tensor = full([1, 1, ...counted], 1, x.dtype === 'float64' ? 'float64' : 'float32')
  const around = withPadding ? padding.map(() => 0) : padding
  return poolingWindows(ones, { ...geometry, padding: around }, 0).sum(elementAxes(sizes.length))
}
