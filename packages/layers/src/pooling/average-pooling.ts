import {
  averagePool1d,
  averagePool2d,
  averagePool3d,
  type DivisorOptions,
  type PerAxis,
  type PoolingOptions,
  type Tensor,
} from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { PoolingLayer, type PoolingLayerOptions } from './pooling-layer.ts'

export interface AveragePoolingLayerOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PerAxis = PerAxis,
  Ceil extends boolean = boolean,
> extends Omit<PoolingLayerOptions<Stride, Padding, 1, Ceil>, 'dilation'>,
    DivisorOptions {}

/** The divisor options of those of a layer. */
function divisorOf(layer: string, { countIncludePad = true, divisor }: DivisorOptions): DivisorOptions {
  if (divisor === undefined) return { countIncludePad }
  checkInteger(layer, 'divisor', divisor)
  return { countIncludePad, divisor }
}

/**
 * The mean of each window of every channel.
 *
 * x [N, C, L] → [N, C, L′] with L′ = ⌊(L + 2 · padding − kernelSize) / stride⌋ + 1.
 * The stride is the kernel size unless given, so that windows touch. The zeros of the padding count as elements unless
 * `countIncludePad` is false; `divisor` is what sums are divided by instead of the number of elements.
 */
export class AveragePool1d<
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Ceil extends boolean = false,
> extends PoolingLayer<'AveragePool1d', 'floating', Kernel, Stride, Padding, 1, Ceil> {
  readonly divisorOptions: DivisorOptions

  /** @throws RangeError if a size is not a positive integer, or padding exceeds half the kernel. */
  constructor(kernelSize: Kernel, options: AveragePoolingLayerOptions<Stride, Padding, Ceil> = {}) {
    super({ name: 'AveragePool1d', rank: 1, kernelSize }, options)
    this.divisorOptions = divisorOf('AveragePool1d', options)
  }

  protected pooled(x: Tensor, options: PoolingOptions): Tensor {
    return averagePool1d(x, { ...options, ...this.divisorOptions })
  }
}

/**
 * The mean of each window of every channel.
 *
 * x [N, C, H, W] → [N, C, H′, W′] with H′ = ⌊(H + 2 · padding − kernelSize) / stride⌋ + 1.
 * The stride is the kernel size unless given, so that windows touch. The zeros of the padding count as elements unless
 * `countIncludePad` is false; `divisor` is what sums are divided by instead of the number of elements.
 */
export class AveragePool2d<
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Ceil extends boolean = false,
> extends PoolingLayer<'AveragePool2d', 'floating', Kernel, Stride, Padding, 1, Ceil> {
  readonly divisorOptions: DivisorOptions

  /** @throws RangeError if a size is not a positive integer, or padding exceeds half the kernel. */
  constructor(kernelSize: Kernel, options: AveragePoolingLayerOptions<Stride, Padding, Ceil> = {}) {
    super({ name: 'AveragePool2d', rank: 2, kernelSize }, options)
    this.divisorOptions = divisorOf('AveragePool2d', options)
  }

  protected pooled(x: Tensor, options: PoolingOptions): Tensor {
    return averagePool2d(x, { ...options, ...this.divisorOptions })
  }
}

/**
 * The mean of each window of every channel.
 *
 * x [N, C, D, H, W] → [N, C, D′, H′, W′] with D′ = ⌊(D + 2 · padding − kernelSize) / stride⌋ + 1.
 * The stride is the kernel size unless given, so that windows touch. The zeros of the padding count as elements unless
 * `countIncludePad` is false; `divisor` is what sums are divided by instead of the number of elements.
 */
export class AveragePool3d<
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PerAxis = 0,
  const Ceil extends boolean = false,
> extends PoolingLayer<'AveragePool3d', 'floating', Kernel, Stride, Padding, 1, Ceil> {
  readonly divisorOptions: DivisorOptions

  /** @throws RangeError if a size is not a positive integer, or padding exceeds half the kernel. */
  constructor(kernelSize: Kernel, options: AveragePoolingLayerOptions<Stride, Padding, Ceil> = {}) {
    super({ name: 'AveragePool3d', rank: 3, kernelSize }, options)
    this.divisorOptions = divisorOf('AveragePool3d', options)
  }

  protected pooled(x: Tensor, options: PoolingOptions): Tensor {
    return averagePool3d(x, { ...options, ...this.divisorOptions })
  }
}
