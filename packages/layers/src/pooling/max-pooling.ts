import { maxPool1d, maxPool2d, maxPool3d, type PerAxis, type PoolingOptions, type Tensor } from '@neurite/tensor'
import { PoolingLayer, type PoolingLayerOptions } from './pooling-layer.ts'

/**
 * The largest element of each window of every channel.
 *
 * x [N, C, L] → [N, C, L′] with L′ = ⌊(L + 2 · padding − dilation · (kernelSize − 1) − 1) / stride⌋ + 1.
 * The stride is the kernel size unless given, so that windows touch; padding is −∞ and never the largest.
 */
export class MaxPool1d<
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
  const Ceil extends boolean = false,
> extends PoolingLayer<'MaxPool1d', 'same', Kernel, Stride, Padding, Dilation, Ceil> {
  /** @throws RangeError if a size is not a positive integer, or padding exceeds half the kernel. */
  constructor(kernelSize: Kernel, options: PoolingLayerOptions<Stride, Padding, Dilation, Ceil> = {}) {
    super({ name: 'MaxPool1d', rank: 1, kernelSize }, options)
  }

  protected pooled(x: Tensor, options: PoolingOptions): Tensor {
    return maxPool1d(x, options)
  }
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
  const Ceil extends boolean = false,
> extends PoolingLayer<'MaxPool2d', 'same', Kernel, Stride, Padding, Dilation, Ceil> {
  /** @throws RangeError if a size is not a positive integer, or padding exceeds half the kernel. */
  constructor(kernelSize: Kernel, options: PoolingLayerOptions<Stride, Padding, Dilation, Ceil> = {}) {
    super({ name: 'MaxPool2d', rank: 2, kernelSize }, options)
  }

  protected pooled(x: Tensor, options: PoolingOptions): Tensor {
    return maxPool2d(x, options)
  }
}

/**
 * The largest element of each window of every channel.
 *
 * x [N, C, D, H, W] → [N, C, D′, H′, W′] with D′ = ⌊(D + 2 · padding − dilation · (kernelSize − 1) − 1) / stride⌋ + 1.
 * The stride is the kernel size unless given, so that windows touch; padding is −∞ and never the largest.
 */
export class MaxPool3d<
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
  const Ceil extends boolean = false,
> extends PoolingLayer<'MaxPool3d', 'same', Kernel, Stride, Padding, Dilation, Ceil> {
  /** @throws RangeError if a size is not a positive integer, or padding exceeds half the kernel. */
  constructor(kernelSize: Kernel, options: PoolingLayerOptions<Stride, Padding, Dilation, Ceil> = {}) {
    super({ name: 'MaxPool3d', rank: 3, kernelSize }, options)
  }

  protected pooled(x: Tensor, options: PoolingOptions): Tensor {
    return maxPool3d(x, options)
  }
}
