import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import { sizeOf } from '../../shape.ts'
import type { PerAxis } from '../../shape-types/convolution.ts'
import type { Tensor } from '../../tensor.ts'
import { checkWindow, spatialList } from '../spatial-axes.ts'

export interface UnfoldOptions {
  /** Height and width of the windows. */
  readonly kernelSize: PerAxis
  /** Distance from one window to the next, default 1. */
  readonly stride?: PerAxis
  /** Zeros on both sides of height and width, default 0. */
  readonly padding?: PerAxis
  /** Distance between a window's elements, default 1. */
  readonly dilation?: PerAxis
}

/**
 * Every window of images as a column ("im2col"): x [N, C, H, W] → [N, C · KH · KW, windows].
 * @throws ShapeError if `x` has other axes, or no window fits.
 */
export function unfold<D extends DType>(x: Tensor<Shape, D>, options: UnfoldOptions): Tensor<AnyShape, D> {
  if (x.rank !== 4) throw new ShapeError(`unfold: takes images [N, C, H, W], not ${showShape(x.shape)}.`)
  const { sizes, strides, padding, dilations } = geometry('unfold', options)
  const around = [0, 0, ...padding]
  checkWindow('unfold', x.shape.slice(2), { kernel: sizes, dilations, padding: padding.map((zeros) => 2 * zeros) })
  return (x as Tensor)
    .pad({ low: around, high: around })
    .window({ axes: [2, 3], sizes, strides, dilations })
    .permute([0, 1, 4, 5, 2, 3])
    .flatten(1, 3)
    .flatten(2, 3)
}

export interface FoldOptions extends UnfoldOptions {
  /** Height and width of the images. */
  readonly outputSize: PerAxis
}

/**
 * The adjoint of `unfold`: columns summed back into images, overlapping windows added: [N, C · KH · KW, windows] → [N, C, H, W].
 * @throws ShapeError if the columns do not fit the images.
 */
export function fold<D extends DType>(x: Tensor<Shape, D>, options: FoldOptions): Tensor<AnyShape, D> {
  const { sizes, strides, padding, dilations } = geometry('fold', options)
  const outputs = spatialList('fold', 2)('outputSize', options.outputSize)
  const lengths = outputs.map((length, axis) => length + 2 * padding[axis]!)
  const counts = lengths.map(
    (length, axis) => Math.floor((length - dilations[axis]! * (sizes[axis]! - 1) - 1) / strides[axis]!) + 1,
  )
  const [batch, rows, columns] = x.shape as readonly [number, number, number]
  if (x.rank !== 3 || rows % sizeOf(sizes) !== 0 || columns !== sizeOf(counts))
    throw new ShapeError(
      `fold: ${showShape(x.shape)} are not the windows of images of ${showShape(outputs)}: those are ` +
        `[N, C · ${sizeOf(sizes)}, ${sizeOf(counts)}] for a kernel of ${showShape(sizes)}.`,
    )
  return (x as Tensor)
    .reshape([batch, rows / sizeOf(sizes), ...sizes, ...counts])
    .permute([0, 1, 4, 5, 2, 3])
    .overlapAdd({ axes: [2, 3], lengths, strides, dilations })
    .slice({
      starts: [0, 0, ...padding],
      stops: [undefined, undefined, ...lengths.map((length, i) => length - padding[i]!)],
    })
}

interface Geometry {
  readonly sizes: Shape
  readonly strides: Shape
  readonly padding: Shape
  readonly dilations: Shape
}

function geometry(operation: string, options: UnfoldOptions): Geometry {
  const perAxis = spatialList(operation, 2)
  return {
    sizes: perAxis('kernelSize', options.kernelSize),
    strides: perAxis('stride', options.stride ?? 1),
    padding: perAxis('padding', options.padding ?? 0),
    dilations: perAxis('dilation', options.dilation ?? 1),
  }
}
