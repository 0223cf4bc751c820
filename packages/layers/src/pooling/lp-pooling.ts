import { lpPool1d, lpPool2d, type PerAxis, type PoolingOptions, type Tensor } from '@neurite/tensor'
import { PoolingLayer, type PoolingLayerOptions } from './pooling-layer.ts'

export type LpPoolingLayerOptions<Stride extends PerAxis = PerAxis, Ceil extends boolean = boolean> = Omit<
  PoolingLayerOptions<Stride, 0, 1, Ceil>,
  'padding' | 'dilation'
>

function checkOrder(layer: string, order: number): void {
  if (!(order > 0)) throw new RangeError(`${layer}: order is ${order}; it must be positive.`)
}

/**
 * The norm (Σ |x|ᵖ)^(1/p) of each window of every channel, p being `order`: between the sum (1) and the maximum (Infinity).
 *
 * x [N, C, L] → [N, C, L′] with L′ = ⌊(L − kernelSize) / stride⌋ + 1. The stride is the kernel size unless given.
 */
export class LpPool1d<
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = Kernel,
  const Ceil extends boolean = false,
> extends PoolingLayer<'LpPool1d', 'floating', Kernel, Stride, 0, 1, Ceil> {
  readonly order: number

  /** @throws RangeError if the order is not positive, or a size is not a positive integer. */
  constructor(order: number, kernelSize: Kernel, options: LpPoolingLayerOptions<Stride, Ceil> = {}) {
    super({ name: 'LpPool1d', rank: 1, kernelSize }, options)
    checkOrder('LpPool1d', order)
    this.order = order
  }

  protected pooled(x: Tensor, options: PoolingOptions): Tensor {
    return lpPool1d(x, { ...options, order: this.order })
  }
}

/**
 * The norm (Σ |x|ᵖ)^(1/p) of each window of every channel, p being `order`: between the sum (1) and the maximum (Infinity).
 *
 * x [N, C, H, W] → [N, C, H′, W′] with H′ = ⌊(H − kernelSize) / stride⌋ + 1. The stride is the kernel size unless given.
 */
export class LpPool2d<
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = Kernel,
  const Ceil extends boolean = false,
> extends PoolingLayer<'LpPool2d', 'floating', Kernel, Stride, 0, 1, Ceil> {
  readonly order: number

  /** @throws RangeError if the order is not positive, or a size is not a positive integer. */
  constructor(order: number, kernelSize: Kernel, options: LpPoolingLayerOptions<Stride, Ceil> = {}) {
    super({ name: 'LpPool2d', rank: 2, kernelSize }, options)
    checkOrder('LpPool2d', order)
    this.order = order
  }

  protected pooled(x: Tensor, options: PoolingOptions): Tensor {
    return lpPool2d(x, { ...options, order: this.order })
  }
}
