import {
  type Convolution,
  conv2d,
  type DType,
  type Fits,
  type Floating,
  type PerAxis,
  type ResultShape,
  type Shape,
  type Sized,
  type Tensor,
} from '@neurite/tensor'
import { fanInUniform, type InitializerOptions, keysFor } from '../initializers.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'
import { perAxis, type WindowGeometry, windowGeometry } from '../window-geometry.ts'
import { checkChannelInput, checkChannels } from './channels.ts'

export interface Conv2dOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PerAxis | 'same' = PerAxis | 'same',
  Dilation extends PerAxis = PerAxis,
  Groups extends number = number,
> extends InitializerOptions {
  /** Distance from one window to the next. Default 1. */
  readonly stride?: Stride
  /** Zeros added on both sides of height and width; 'same' keeps them, for stride 1. Default 0. */
  readonly padding?: Padding
  /** Distance between neighbouring elements of a window. Default 1. */
  readonly dilation?: Dilation
  /** Parts of the channels that do not see each other. Default 1. */
  readonly groups?: Groups
  /** Whether a bias is added. Default true. */
  readonly bias?: boolean
}

type WeightShape<In extends number, Out extends number, Kernel extends PerAxis, Groups extends number> = [
  Out,
  Groups extends 1 ? In : number,
  ...(Kernel extends number
    ? [Kernel, Kernel]
    : Kernel extends readonly [number, number]
      ? Sized<Kernel>
      : [number, number]),
]

type Convolved<
  S extends Shape,
  In extends number,
  Out extends number,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis | 'same',
  Dilation extends PerAxis,
  Groups extends number,
> = Convolution<'Conv2d', S, WeightShape<In, Out, Kernel, Groups>, Stride, Padding, Dilation, Groups>

interface Conv2dShapes<
  In extends number,
  Out extends number,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis | 'same',
  Dilation extends PerAxis,
  Groups extends number,
> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape
    ? Convolved<S, In, Out, Kernel, Stride, Padding, Dilation, Groups>
    : never
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
> implements Module, Shaped<Conv2dShapes<In, Out, Kernel, Stride, Padding, Dilation, Groups>>
{
  declare readonly shapes?: Conv2dShapes<In, Out, Kernel, Stride, Padding, Dilation, Groups>
  readonly inChannels: In
  readonly outChannels: Out
  readonly kernelSize: readonly number[]
  readonly geometry: Omit<WindowGeometry, 'padding'> & { readonly padding: readonly number[] | 'same' }
  readonly groups: number
  readonly weight: Parameter<WeightShape<In, Out, Kernel, Groups>, 'float32'>
  readonly bias: Parameter<[Out], 'float32'> | undefined

  /**
   * @param kernelSize height and width of the kernel, or one number for both.
   * @throws RangeError if a size is not a positive integer, or the channels cannot be split into the groups.
   */
  constructor(
    inChannels: In,
    outChannels: Out,
    kernelSize: Kernel,
    options: Conv2dOptions<Stride, Padding, Dilation, Groups> = {},
  ) {
    const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, key }: Conv2dOptions = options
    checkChannels('Conv2d', { inChannels, outChannels, groups })
    this.inChannels = inChannels
    this.outChannels = outChannels
    this.kernelSize = perAxis('Conv2d', { name: 'kernelSize', value: kernelSize, rank: 2 })
    const isSame = padding === 'same'
    const geometry = windowGeometry('Conv2d', { stride, padding: isSame ? 0 : padding, dilation, rank: 2 })
    this.geometry = isSame ? { ...geometry, padding } : geometry
    this.groups = groups
    const [weightKey, biasKey] = keysFor(key)
    const weight: Tensor = fanInUniform([outChannels, inChannels / groups, ...this.kernelSize], weightKey)
    this.weight = new Parameter(weight)
    this.bias = bias
      ? new Parameter(fanInUniform([outChannels], { ...biasKey, fanIn: weight.size / outChannels }))
      : undefined
  }

  /** @throws ShapeError unless `x` is [N, inChannels, height, width], large enough for the kernel. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<Convolved<S, In, Out, Kernel, Stride, Padding, Dilation, Groups>>,
  ): Tensor<ResultShape<Convolved<S, In, Out, Kernel, Stride, Padding, Dilation, Groups>>, Floating<D>> {
    checkChannelInput('Conv2d', x, { channels: this.inChannels, spatialRank: 2 })
    const weight: Tensor = this.weight.value
    return conv2d(x as Tensor, weight, { ...this.geometry, groups: this.groups, bias: this.bias?.value })
  }
}
