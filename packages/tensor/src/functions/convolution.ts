import { bind } from '../bind.ts'
import type { DType, Promote } from '../dtype.ts'
import { promote } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { Shape } from '../shape.ts'
import type { Convolution, PerAxis } from '../shape-types/convolution.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'
import { checkWindow, spatialList } from './spatial-axes.ts'

export interface ConvolutionOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PerAxis | 'same' = PerAxis | 'same',
  Dilation extends PerAxis = PerAxis,
  Groups extends number = number,
> {
  /** [O], added to every position. */
  readonly bias?: Tensor | undefined
  /** Default 1. */
  readonly stride?: Stride
  /** Zeros on both sides of each spatial axis; 'same' keeps the sizes (stride 1 only). Default 0. */
  readonly padding?: Padding
  /** Distance between the kernel's elements, default 1. */
  readonly dilation?: Dilation
  /** Channels in as many groups that do not see each other, default 1. */
  readonly groups?: Groups
}

/** `convolve` over one spatial axis: x [N, C, L], weight [O, C / groups, K] → [N, O, L′]. */
export function conv1d<
  X extends Shape,
  D extends DType,
  W extends Shape,
  E extends DType,
  const Stride extends PerAxis = 1,
  const Padding extends PerAxis | 'same' = 0,
  const Dilation extends PerAxis = 1,
  Groups extends number = 1,
>(
  x: Tensor<X, D>,
  weight: Tensor<W, E> & Fits<Convolution<'conv1d', X, W, Stride, Padding, Dilation, Groups>>,
  options: ConvolutionOptions<Stride, Padding, Dilation, Groups> = {},
): Tensor<ResultShape<Convolution<'conv1d', X, W, Stride, Padding, Dilation, Groups>>, Promote<D, E>> {
  return convolve('conv1d', 1, x, weight, options)
}

/** `convolve` over two spatial axes: x [N, C, H, W], weight [O, C / groups, KH, KW] → [N, O, H′, W′]. */
export function conv2d<
  X extends Shape,
  D extends DType,
  W extends Shape,
  E extends DType,
  const Stride extends PerAxis = 1,
  const Padding extends PerAxis | 'same' = 0,
  const Dilation extends PerAxis = 1,
  Groups extends number = 1,
>(
  x: Tensor<X, D>,
  weight: Tensor<W, E> & Fits<Convolution<'conv2d', X, W, Stride, Padding, Dilation, Groups>>,
  options: ConvolutionOptions<Stride, Padding, Dilation, Groups> = {},
): Tensor<ResultShape<Convolution<'conv2d', X, W, Stride, Padding, Dilation, Groups>>, Promote<D, E>> {
  return convolve('conv2d', 2, x, weight, options)
}

/** `convolve` over three spatial axes: x [N, C, D, H, W], weight [O, C / groups, KD, KH, KW] → [N, O, D′, H′, W′]. */
export function conv3d<
  X extends Shape,
  D extends DType,
  W extends Shape,
  E extends DType,
  const Stride extends PerAxis = 1,
  const Padding extends PerAxis | 'same' = 0,
  const Dilation extends PerAxis = 1,
  Groups extends number = 1,
>(
  x: Tensor<X, D>,
  weight: Tensor<W, E> & Fits<Convolution<'conv3d', X, W, Stride, Padding, Dilation, Groups>>,
  options: ConvolutionOptions<Stride, Padding, Dilation, Groups> = {},
): Tensor<ResultShape<Convolution<'conv3d', X, W, Stride, Padding, Dilation, Groups>>, Promote<D, E>> {
  return convolve('conv3d', 3, x, weight, options)
}

/**
 * Cross-correlation in groups, as deep learning understands convolution.
 *
 *     y[n, o, p] = bias[o] + Σ_c,k  x[n, c, p·stride − padding + k·dilation] · weight[o, c, k]
 *
 * Size of each spatial axis: L′ = ⌊(L + 2·padding − dilation·(K − 1) − 1) / stride⌋ + 1.
 */
function convolve(operation: string, spatial: number, x: Tensor, weight: Tensor, options: ConvolutionOptions): Tensor {
  const { bias, groups = 1 } = options
  checkOperands(operation, spatial, x.shape, weight.shape, groups)
  const [batch, channels, ...lengths] = x.shape as readonly [number, number, ...number[]]
  const [outputs, inGroup, ...kernel] = weight.shape as readonly [number, number, ...number[]]
  const perAxis = spatialList(operation, spatial)
  const strides = perAxis('stride', options.stride ?? 1)
  const kernelDilation = perAxis('dilation', options.dilation ?? 1)
  const { low, high } = sides(operation, kernel, strides, kernelDilation, options.padding ?? 0)
  checkWindow(operation, lengths, {
    kernel,
    dilations: kernelDilation,
    padding: low.map((zeros, i) => zeros + high[i]!),
  })
  const dtype = promote(x.dtype, weight.dtype)
  const operands = [
    x.cast(dtype).reshape([batch, groups, channels / groups, ...lengths]),
    weight.cast(dtype).reshape([groups, outputs / groups, inGroup, ...kernel]),
  ]
  const inputDilation = lengths.map(() => 1)
  const y = bind('convolution', operands, { strides, low, high, inputDilation, kernelDilation }).flatten(1, 2)
  return bias === undefined ? y : y.add(bias.reshape([outputs, ...lengths.map(() => 1)]))
}

/** Zeros before and after the elements of each spatial axis. */
function sides(
  operation: string,
  kernel: Shape,
  strides: readonly number[],
  dilations: readonly number[],
  padding: PerAxis | 'same',
): { low: readonly number[]; high: readonly number[] } {
  if (padding !== 'same') {
    const both = spatialList(operation, kernel.length)('padding', padding)
    return { low: both, high: both }
  }
  if (strides.some((stride) => stride !== 1))
    throw new ShapeError(
      `${operation}: padding 'same' needs stride 1, not ${showShape(strides)}. Give the padding as numbers?`,
    )
  const total = kernel.map((size, axis) => dilations[axis]! * (size - 1))
  return { low: total.map((zeros) => Math.floor(zeros / 2)), high: total.map((zeros) => Math.ceil(zeros / 2)) }
}

function checkOperands(operation: string, spatial: number, x: Shape, weight: Shape, groups: number): void {
  const operands = `${showShape(x)} with weight ${showShape(weight)}`
  if (x.length !== spatial + 2 || weight.length !== spatial + 2)
    throw new ShapeError(
      `${operation}: takes ${spatial + 2} axes [N, C, ...spatial] and [O, C / groups, ...kernel], not ${operands}.`,
    )
  if (!Number.isInteger(groups) || groups < 1 || weight[0]! % groups !== 0)
    throw new ShapeError(
      `${operation}: ${weight[0]} output channels cannot be divided into ${groups} groups: ${operands}.`,
    )
  if (x[1] !== weight[1]! * groups)
    throw new ShapeError(
      `${operation}: input channels differ: ${operands} (${x[1]} ≠ ${weight[1]}${groups === 1 ? '' : ` · ${groups} groups`}).`,
    )
}
