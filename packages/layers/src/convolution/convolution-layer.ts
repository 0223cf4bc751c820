// What convolution layers of any number of spatial axes are.

import {
  type Convolution,
  conv1d,
  conv2d,
  conv3d,
  type DType,
  type Fits,
  type Floating,
  type PadMode,
  type PerAxis,
  padAround,
  type ResultShape,
  type Shape,
  type Tensor,
} from '@neurite/tensor'
import { fanInUniform, type InitializerOptions, keysFor } from '../initializers/variance-preserving.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'
import type { SpatialRank } from '../spatial-sizes.ts'
import { perAxis, type WindowGeometry, windowGeometry } from '../window-geometry.ts'
import { checkChannelInput, checkChannels } from './channels.ts'

export interface ConvolutionLayerOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PerAxis | 'same' = PerAxis | 'same',
  Dilation extends PerAxis = PerAxis,
  Groups extends number = number,
> extends InitializerOptions {
  /** Distance from one window to the next. Default 1. */
  readonly stride?: Stride
  /** Elements added on both sides of every spatial axis; 'same' keeps its size, for stride 1. Default 0. */
  readonly padding?: Padding
  /** What is added: zeros (default), or elements of the input as `padAround` puts them around it. */
  readonly paddingMode?: 'zeros' | PadMode
  /** Distance between neighbouring elements of a window. Default 1. */
  readonly dilation?: Dilation
  /** Parts of the channels that do not see each other; as many as input channels make it depthwise. Default 1. */
  readonly groups?: Groups
  /** Whether a bias is added. Default true. */
  readonly bias?: boolean
}

type WeightShape<In extends number, Out extends number, Kernel extends Shape, Groups extends number> = [
  Out,
  Groups extends 1 ? In : number,
  ...Kernel,
]

type Convolved<
  Name extends string,
  S extends Shape,
  In extends number,
  Out extends number,
  Kernel extends Shape,
  Stride extends PerAxis,
  Padding extends PerAxis | 'same',
  Dilation extends PerAxis,
  Groups extends number,
> = Convolution<Name, S, WeightShape<In, Out, Kernel, Groups>, Stride, Padding, Dilation, Groups>

interface ConvolutionShapes<
  Name extends string,
  In extends number,
  Out extends number,
  Kernel extends Shape,
  Stride extends PerAxis,
  Padding extends PerAxis | 'same',
  Dilation extends PerAxis,
  Groups extends number,
> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape
    ? Convolved<Name, S, In, Out, Kernel, Stride, Padding, Dilation, Groups>
    : never
}

/** Channels and kernel of a layer, by the names of the constructors' arguments. */
export interface ConvolutionSizes<In extends number, Out extends number> {
  readonly inChannels: In
  readonly outChannels: Out
  readonly kernelSize: PerAxis
}

const convolutions = { 1: conv1d, 2: conv2d, 3: conv3d } as unknown as Readonly<Record<SpatialRank, typeof conv2d>>

/** Cross-correlation with a learned kernel: `Conv1d`, `Conv2d` and `Conv3d`, which say it in full. */
export abstract class ConvolutionLayer<
  Name extends string,
  In extends number,
  Out extends number,
  Kernel extends Shape,
  Stride extends PerAxis,
  Padding extends PerAxis | 'same',
  Dilation extends PerAxis,
  Groups extends number,
> implements Module, Shaped<ConvolutionShapes<Name, In, Out, Kernel, Stride, Padding, Dilation, Groups>>
{
  declare readonly shapes?: ConvolutionShapes<Name, In, Out, Kernel, Stride, Padding, Dilation, Groups>
  protected abstract readonly name: Name
  readonly inChannels: In
  readonly outChannels: Out
  readonly kernelSize: readonly number[]
  readonly geometry: Omit<WindowGeometry, 'padding'> & { readonly padding: readonly number[] | 'same' }
  readonly paddingMode: 'zeros' | PadMode
  readonly groups: number
  readonly weight: Parameter<WeightShape<In, Out, Kernel, Groups>, 'float32'>
  readonly bias: Parameter<[Out], 'float32'> | undefined

  protected constructor(
    name: Name,
    rank: SpatialRank,
    sizes: ConvolutionSizes<In, Out>,
    options: ConvolutionLayerOptions,
  ) {
    const { inChannels, outChannels } = sizes
    const { stride = 1, padding = 0, paddingMode = 'zeros', dilation = 1, groups = 1, bias = true, key } = options
    checkChannels(name, { inChannels, outChannels, groups })
    this.inChannels = inChannels
    this.outChannels = outChannels
    this.kernelSize = perAxis(name, { name: 'kernelSize', value: sizes.kernelSize, rank })
    const isSame = padding === 'same'
    const geometry = windowGeometry(name, { stride, padding: isSame ? 0 : padding, dilation, rank })
    this.geometry = isSame ? { ...geometry, padding } : geometry
    this.paddingMode = paddingMode
    this.groups = groups
    const [weightKey, biasKey] = keysFor(key)
    const weight: Tensor = fanInUniform([outChannels, inChannels / groups, ...this.kernelSize], weightKey)
    this.weight = new Parameter(weight)
    this.bias = bias
      ? new Parameter(fanInUniform([outChannels], { ...biasKey, fanIn: weight.size / outChannels }))
      : undefined
  }

  /** @throws ShapeError unless `x` is [N, inChannels, ...spatial], large enough for the kernel. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<Convolved<Name, S, In, Out, Kernel, Stride, Padding, Dilation, Groups>>,
  ): Tensor<ResultShape<Convolved<Name, S, In, Out, Kernel, Stride, Padding, Dilation, Groups>>, Floating<D>> {
    const rank = this.kernelSize.length as SpatialRank
    checkChannelInput(this.name, x, { channels: this.inChannels, spatialRank: rank })
    const weight: Tensor = this.weight.value
    const options = { ...this.geometry, groups: this.groups, bias: this.bias?.value }
    if (this.paddingMode === 'zeros') return convolutions[rank](x as Tensor, weight, options)
    return convolutions[rank](this.#surrounded(x, this.paddingMode), weight, { ...options, padding: 0 })
  }

  /** The input with its own elements around it; of 'same' padding that cannot be halved, the larger half comes behind. */
  #surrounded(x: Tensor, mode: PadMode): Tensor {
    const { padding, dilation } = this.geometry
    const totals = this.kernelSize.map((size, axis) =>
      padding === 'same' ? dilation[axis]! * (size - 1) : 2 * padding[axis]!,
    )
    const low = [0, 0, ...totals.map((total) => Math.floor(total / 2))]
    const high = [0, 0, ...totals.map((total) => Math.ceil(total / 2))]
    return padAround(x, { low, high, mode })
  }
}
