import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { norm } from '../reductions/norm.ts'
import { elementAxes, type PoolingOptions, poolingGeometry, poolingWindows } from './pooling-windows.ts'

export interface LpPoolingOptions extends PoolingOptions {
  /** p of the norm. */
  readonly order: number
}

/** The norm (Σ |x|ᵖ)^(1/p) of each window: x [N, C, L] → [N, C, L′]. */
export function lpPool1d<D extends DType>(
  x: Tensor<Shape, D>,
  options: LpPoolingOptions,
): Tensor<AnyShape, Floating<D>> {
  return lpPool('lpPool1d', 1, x, options)
}

/** The norm (Σ |x|ᵖ)^(1/p) of each window: x [N, C, H, W] → [N, C, H′, W′]. */
export function lpPool2d<D extends DType>(
  x: Tensor<Shape, D>,
  options: LpPoolingOptions,
): Tensor<AnyShape, Floating<D>> {
  return lpPool('lpPool2d', 2, x, options)
}

function lpPool(operation: string, spatial: number, x: Tensor, options: LpPoolingOptions): Tensor {
  const geometry = poolingGeometry(operation, spatial, x.shape, options)
  const windows = poolingWindows(x.cast(floatingOf(x.dtype)), geometry, 0)
  return norm(windows, elementAxes(spatial), { order: options.order })
}
