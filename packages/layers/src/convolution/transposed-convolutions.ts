import {
  type AnyShape,
  type AreEqual,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  type DType,
  type Fits,
  type Floating,
  type PerAxis,
  type ResultShape,
  type Shape,
  type ShapeMismatch,
  type Show,
  type Tensor,
} from '@neurite/tensor'
import { fanInUniform, type InitializerOptions, keysFor } from '../initializers/variance-preserving.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'
import type { SpatialRank } from '../spatial-sizes.ts'
import { perAxis, type WindowGeometry, windowGeometry } from '../window-geometry.ts'
import { checkChannelInput, checkChannels } from './channels.ts'

export interface TransposedConvolutionLayerOptions extends InitializerOptions {
  /** Distance between the windows of neighbouring elements: the factor by which the result grows. Default 1. */
  readonly stride?: PerAxis
  /** Elements cut off on both sides of every spatial axis. Default 0. */
  readonly padding?: PerAxis
  /** Elements added behind every spatial axis, fewer than the stride or dilation. Default 0. */
  readonly outputPadding?: PerAxis
  /** Distance between neighbouring elements of a window. Default 1. */
  readonly dilation?: PerAxis
  /** Parts of the channels that do not see each other. Default 1. */
  readonly groups?: number
  /** Whether a bias is added. Default true. */
  readonly bias?: boolean
}

/** Channels replaced; the sizes of the spatial axes are not followed at compile time. */
type Spread<Name extends string, S extends Shape, In extends number, Out extends number> = number extends S['length']
  ? AnyShape
  : S extends readonly [infer N extends number, infer C extends number, ...infer Spatial extends Shape]
    ? AreEqual<C, In> extends true
      ? [N, Out, ...{ -readonly [Axis in keyof Spatial]: number }]
      : ShapeMismatch<`${Name}: input ${Show<S>} has ${C} channels; the layer takes ${In}`>
    : ShapeMismatch<`${Name}: input ${Show<S>} has no channels`>

interface SpreadShapes<Name extends string, In extends number, Out extends number> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? Spread<Name, S, In, Out> : never
}

interface Sizes<In extends number, Out extends number> {
  readonly inChannels: In
  readonly outChannels: Out
  readonly kernelSize: PerAxis
}

const convolutions = { 1: convTranspose1d, 2: convTranspose2d, 3: convTranspose3d } as const

abstract class TransposedConvolutionLayer<Name extends string, In extends number, Out extends number>
  implements Module, Shaped<SpreadShapes<Name, In, Out>>
{
  declare readonly shapes?: SpreadShapes<Name, In, Out>
  protected abstract readonly name: Name
  readonly inChannels: In
  readonly outChannels: Out
  readonly kernelSize: readonly number[]
  readonly geometry: WindowGeometry & { readonly outputPadding: readonly number[] }
  readonly groups: number
  readonly weight: Parameter
  readonly bias: Parameter<[Out], 'float32'> | undefined

  protected constructor(
    name: Name,
    rank: SpatialRank,
    { inChannels, outChannels, kernelSize }: Sizes<In, Out>,
    options: TransposedConvolutionLayerOptions,
  ) {
    const { stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1, bias = true, key } = options
    checkChannels(name, { inChannels, outChannels, groups })
    this.inChannels = inChannels
    this.outChannels = outChannels
    this.kernelSize = perAxis(name, { name: 'kernelSize', value: kernelSize, rank })
    const extra = perAxis(name, { name: 'outputPadding', value: outputPadding, rank, least: 0 })
    this.geometry = { ...windowGeometry(name, { stride, padding, dilation, rank }), outputPadding: extra }
    checkOutputPadding(name, this.geometry)
    this.groups = groups
    const [weightKey, biasKey] = keysFor(key)
    const weight: Tensor = fanInUniform([inChannels, outChannels / groups, ...this.kernelSize], weightKey)
    this.weight = new Parameter(weight)
    this.bias = bias
      ? new Parameter(fanInUniform([outChannels], { ...biasKey, fanIn: weight.size / inChannels }))
      : undefined
  }

  /** @throws ShapeError unless `x` is [N, inChannels, ...spatial]. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<Spread<Name, S, In, Out>>,
  ): Tensor<ResultShape<Spread<Name, S, In, Out>>, Floating<D>> {
    const rank = this.kernelSize.length as SpatialRank
    checkChannelInput(this.name, x, { channels: this.inChannels, spatialRank: rank })
    const options = { ...this.geometry, groups: this.groups, bias: this.bias?.value }
    const y: Tensor = convolutions[rank](x as Tensor, this.weight.value, options)
    return y
  }
}

/** Larger ones would be elements that no window reaches. */
function checkOutputPadding(
  name: string,
  { outputPadding, stride, dilation }: WindowGeometry & { readonly outputPadding: readonly number[] },
): void {
  outputPadding.forEach((amount, axis) => {
    if (amount === 0 || amount < Math.max(stride[axis]!, dilation[axis]!)) return
    throw new RangeError(
      `${name}: outputPadding is ${amount}; it must be smaller than stride ${stride[axis]} or dilation ${dilation[axis]}.`,
    )
  })
}

/**
 * The transpose of Conv1d, which makes signals longer: each element spreads over a window.
 *
 * x [N, inChannels, L], weight [inChannels, outChannels / groups, kernelSize], bias [outChannels] → [N, outChannels, L′] with
 * L′ = (L − 1) · stride − 2 · padding + dilation · (kernelSize − 1) + outputPadding + 1. Initial values are PyTorch's:
 * U(−1/√f, 1/√f) with f = outChannels / groups · kernelSize.
 */
export class ConvTranspose1d<
  const In extends number = number,
  const Out extends number = number,
> extends TransposedConvolutionLayer<'ConvTranspose1d', In, Out> {
  protected readonly name = 'ConvTranspose1d'

  /** @throws RangeError if a size is not a positive integer, or the channels cannot be split into the groups. */
  constructor(inChannels: In, outChannels: Out, kernelSize: PerAxis, options: TransposedConvolutionLayerOptions = {}) {
    super('ConvTranspose1d', 1, { inChannels, outChannels, kernelSize }, options)
  }
}

/**
 * The transpose of Conv2d, which makes images larger (Zeiler et al. 2010): ConvTranspose1d with one more axis.
 *
 * x [N, inChannels, H, W], weight [inChannels, outChannels / groups, ...kernelSize], bias [outChannels] → [N, outChannels, H′, W′].
 */
export class ConvTranspose2d<
  const In extends number = number,
  const Out extends number = number,
> extends TransposedConvolutionLayer<'ConvTranspose2d', In, Out> {
  protected readonly name = 'ConvTranspose2d'

  /** @throws RangeError if a size is not a positive integer, or the channels cannot be split into the groups. */
  constructor(inChannels: In, outChannels: Out, kernelSize: PerAxis, options: TransposedConvolutionLayerOptions = {}) {
    super('ConvTranspose2d', 2, { inChannels, outChannels, kernelSize }, options)
  }
}

/**
 * The transpose of Conv3d, which makes volumes larger.
 *
 * x [N, inChannels, D, H, W], weight [inChannels, outChannels / groups, ...kernelSize], bias [outChannels] →
 * [N, outChannels, D′, H′, W′].
 */
export class ConvTranspose3d<
  const In extends number = number,
  const Out extends number = number,
> extends TransposedConvolutionLayer<'ConvTranspose3d', In, Out> {
  protected readonly name = 'ConvTranspose3d'

  /** @throws RangeError if a size is not a positive integer, or the channels cannot be split into the groups. */
  constructor(inChannels: In, outChannels: Out, kernelSize: PerAxis, options: TransposedConvolutionLayerOptions = {}) {
    super('ConvTranspose3d', 3, { inChannels, outChannels, kernelSize }, options)
  }
}
