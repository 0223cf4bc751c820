import { bind } from '../bind.ts'
import type { DType, Promote } from '../dtype.ts'
import { promote } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { AnyShape, Shape } from '../shape.ts'
import type { PerAxis } from '../shape-types/convolution.ts'
import type { Tensor } from '../tensor.ts'
import { spatialList } from './spatial-axes.ts'

export interface TransposedConvolutionOptions {
  /** [O], added to every position. */
  readonly bias?: Tensor | undefined
  /** Default 1. */
  readonly stride?: PerAxis
  /** Cut off on both sides of each spatial axis, default 0. */
  readonly padding?: PerAxis
  /** Added at the end of each spatial axis, default 0. */
  readonly outputPadding?: PerAxis
  /** Distance between the kernel's elements, default 1. */
  readonly dilation?: PerAxis
  /** Channels in as many groups that do not see each other, default 1. */
  readonly groups?: number
}

/** `convolveTransposed` over one spatial axis: x [N, C, L], weight [C, O / groups, K] → [N, O, L′]. */
export function convTranspose1d<D extends DType, E extends DType>(
  x: Tensor<Shape, D>,
  weight: Tensor<Shape, E>,
  options: TransposedConvolutionOptions = {},
): Tensor<AnyShape, Promote<D, E>> {
  return convolveTransposed('convTranspose1d', 1, x, weight, options)
}

/** `convolveTransposed` over two spatial axes: x [N, C, H, W], weight [C, O / groups, KH, KW] → [N, O, H′, W′]. */
export function convTranspose2d<D extends DType, E extends DType>(
  x: Tensor<Shape, D>,
  weight: Tensor<Shape, E>,
  options: TransposedConvolutionOptions = {},
): Tensor<AnyShape, Promote<D, E>> {
  return convolveTransposed('convTranspose2d', 2, x, weight, options)
}

/** `convolveTransposed` over three spatial axes: x [N, C, D, H, W], weight [C, O / groups, KD, KH, KW] → [N, O, D′, H′, W′]. */
export function convTranspose3d<D extends DType, E extends DType>(
  x: Tensor<Shape, D>,
  weight: Tensor<Shape, E>,
  options: TransposedConvolutionOptions = {},
): Tensor<AnyShape, Promote<D, E>> {
  return convolveTransposed('convTranspose3d', 3, x, weight, options)
}

/**
 * The gradient of a convolution with respect to its input (Zeiler et al. 2010): each element spreads over a window.
 *
 *     y[n, o, p·stride − padding + k·dilation] = bias[o] + Σ_c  x[n, c, p] · weight[c, o, k]
 *
 * Size of each spatial axis: L′ = (L − 1)·stride − 2·padding + dilation·(K − 1) + outputPadding + 1.
 */
function convolveTransposed(
  operation: string,
  spatial: number,
  x: Tensor,
  weight: Tensor,
  options: TransposedConvolutionOptions,
): Tensor {
  const { bias, groups = 1 } = options
  checkOperands(operation, spatial, x.shape, weight.shape, groups)
  const [batch, channels, ...lengths] = x.shape as readonly [number, number, ...number[]]
  const [, outGroup, ...kernel] = weight.shape as readonly [number, number, ...number[]]
  const perAxis = spatialList(operation, spatial)
  const inputDilation = perAxis('stride', options.stride ?? 1)
  const kernelDilation = perAxis('dilation', options.dilation ?? 1)
  const padding = perAxis('padding', options.padding ?? 0)
  const extra = perAxis('outputPadding', options.outputPadding ?? 0)
  const low = kernel.map((size, axis) => kernelDilation[axis]! * (size - 1) - padding[axis]!)
  const high = low.map((zeros, axis) => zeros + extra[axis]!)
  const dtype = promote(x.dtype, weight.dtype)
  const operands = [
    x.cast(dtype).reshape([batch, groups, channels / groups, ...lengths]),
    weight
      .cast(dtype)
      .reshape([groups, channels / groups, outGroup, ...kernel])
      .transpose(1, 2)
      .flip(kernel.map((_, axis) => axis + 3)),
  ]
  const strides = lengths.map(() => 1)
  const y = bind('convolution', operands, { strides, low, high, inputDilation, kernelDilation }).flatten(1, 2)
  return bias === undefined ? y : y.add(bias.reshape([outGroup * groups, ...strides]))
}

function checkOperands(operation: string, spatial: number, x: Shape, weight: Shape, groups: number): void {
  const operands = `${showShape(x)} with weight ${showShape(weight)}`
  if (x.length !== spatial + 2 || weight.length !== spatial + 2)
    throw new ShapeError(
      `${operation}: takes ${spatial + 2} axes [N, C, ...spatial] and [C, O / groups, ...kernel], not ${operands}.`,
    )
  if (x[1] !== weight[0])
    throw new ShapeError(`${operation}: input channels differ: ${operands} (${x[1]} ≠ ${weight[0]}).`)
  if (!Number.isInteger(groups) || groups < 1 || x[1]! % groups !== 0)
    throw new ShapeError(`${operation}: ${x[1]} input channels cannot be divided into ${groups} groups: ${operands}.`)
}
