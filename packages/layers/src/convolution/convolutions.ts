import type { PerAxis } from '@neurite/tensor'
import type { Pair, Single, Triple } from '../spatial-sizes.ts'
import { ConvolutionLayer, type ConvolutionLayerOptions } from './convolution-layer.ts'

/**
 * Cross-correlation of signals with a learned kernel.
 *
 *     y[n, o, p] = bias[o] + Σ over c, i of weight[o, c, i] · x[n, c, stride · p + dilation · i]
 *
 * x [N, inChannels, L], weight [outChannels, inChannels / groups, kernelSize], bias [outChannels] → [N, outChannels, L′] with
 * L′ = ⌊(L + 2 · padding − dilation · (kernelSize − 1) − 1) / stride⌋ + 1. Initial values are those of Conv2d.
 */
export class Conv1d<
  const In extends number = number,
  const Out extends number = number,
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = 1,
  const Padding extends PerAxis | 'same' = 0,
  const Dilation extends PerAxis = 1,
  const Groups extends number = 1,
> extends ConvolutionLayer<'Conv1d', In, Out, Single<Kernel>, Stride, Padding, Dilation, Groups> {
  protected readonly name = 'Conv1d'

  /**
   * @param kernelSize length of the kernel.
   * @throws RangeError if a size is not a positive integer, or the channels cannot be split into the groups.
   */
  constructor(
    inChannels: In,
    outChannels: Out,
    kernelSize: Kernel,
    options: ConvolutionLayerOptions<Stride, Padding, Dilation, Groups> = {},
  ) {
    super('Conv1d', 1, { inChannels, outChannels, kernelSize }, options)
  }
}

/**
 * Cross-correlation of images with a learned kernel.
 *
 *     y[n, o, p, q] = bias[o] + Σ over c, i, j of weight[o, c, i, j] · x[n, c, stride · p + dilation · i, stride · q + dilation · j]
 *
 * x [N, inChannels, H, W], weight [outChannels, inChannels / groups, ...kernelSize], bias [outChannels] → [N, outChannels, H′, W′]
 * with H′ = ⌊(H + 2 · padding − dilation · (kernelSize − 1) − 1) / stride⌋ + 1.
 * Weight and bias start from U(−1/√fanIn, 1/√fanIn), where fanIn counts the elements of one kernel.
 */
export class Conv2d<
  const In extends number = number,
  const Out extends number = number,
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = 1,
  const Padding extends PerAxis | 'same' = 0,
  const Dilation extends PerAxis = 1,
  const Groups extends number = 1,
> extends ConvolutionLayer<'Conv2d', In, Out, Pair<Kernel>, Stride, Padding, Dilation, Groups> {
  protected readonly name = 'Conv2d'

  /**
   * @param kernelSize height and width of the kernel, or one number for both.
   * @throws RangeError if a size is not a positive integer, or the channels cannot be split into the groups.
   */
  constructor(
    inChannels: In,
    outChannels: Out,
    kernelSize: Kernel,
    options: ConvolutionLayerOptions<Stride, Padding, Dilation, Groups> = {},
  ) {
    super('Conv2d', 2, { inChannels, outChannels, kernelSize }, options)
  }
}

/**
 * Cross-correlation of volumes with a learned kernel: Conv2d with one more axis.
 *
 * x [N, inChannels, D, H, W], weight [outChannels, inChannels / groups, ...kernelSize], bias [outChannels] →
 * [N, outChannels, D′, H′, W′].
 */
export class Conv3d<
  const In extends number = number,
  const Out extends number = number,
  const Kernel extends PerAxis = PerAxis,
  const Stride extends PerAxis = 1,
  const Padding extends PerAxis | 'same' = 0,
  const Dilation extends PerAxis = 1,
  const Groups extends number = 1,
> extends ConvolutionLayer<'Conv3d', In, Out, Triple<Kernel>, Stride, Padding, Dilation, Groups> {
  protected readonly name = 'Conv3d'

  /**
   * @param kernelSize depth, height and width of the kernel, or one number for all.
   * @throws RangeError if a size is not a positive integer, or the channels cannot be split into the groups.
   */
  constructor(
    inChannels: In,
    outChannels: Out,
    kernelSize: Kernel,
    options: ConvolutionLayerOptions<Stride, Padding, Dilation, Groups> = {},
  ) {
    super('Conv3d', 3, { inChannels, outChannels, kernelSize }, options)
  }
}
