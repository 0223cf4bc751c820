import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/**
 * Channels become space (Shi et al. 2016): [..., C · factor², H, W] → [..., C, H · factor, W · factor].
 * @throws ShapeError if factor² does not divide the channels.
 */
export function pixelShuffle<D extends DType>(x: Tensor<Shape, D>, factor: number): Tensor<AnyShape, D> {
  const { leading, channels, height, width } = imageShape('pixelShuffle', x.shape)
  checkDivisible('pixelShuffle', x.shape, channels, factor ** 2)
  const parted = (x as Tensor).reshape([...leading, channels / factor ** 2, factor, factor, height, width])
  const [c, i, j, h, w] = [0, 1, 2, 3, 4].map((axis) => axis + leading.length) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return parted
    .permute([...leading.keys(), c, h, i, w, j])
    .reshape([...leading, channels / factor ** 2, height * factor, width * factor])
}

/**
 * Space becomes channels, the inverse of `pixelShuffle`: [..., C, H · factor, W · factor] → [..., C · factor², H, W].
 * @throws ShapeError if the factor does not divide height and width.
 */
export function pixelUnshuffle<D extends DType>(x: Tensor<Shape, D>, factor: number): Tensor<AnyShape, D> {
  const { leading, channels, height, width } = imageShape('pixelUnshuffle', x.shape)
  checkDivisible('pixelUnshuffle', x.shape, height, factor)
  checkDivisible('pixelUnshuffle', x.shape, width, factor)
  const parted = (x as Tensor).reshape([...leading, channels, height / factor, factor, width / factor, factor])
  const [c, h, i, w, j] = [0, 1, 2, 3, 4].map((axis) => axis + leading.length) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return parted
    .permute([...leading.keys(), c, i, j, h, w])
    .reshape([...leading, channels * factor ** 2, height / factor, width / factor])
}

/**
 * Channels in `groups`, dealt out in turn (Zhang et al. 2018): channel g · (C / groups) + i moves to i · groups + g. x [N, C, ...].
 * @throws ShapeError if the groups do not divide the channels.
 */
export function channelShuffle<S extends Shape, D extends DType>(x: Tensor<S, D>, groups: number): Tensor<S, D> {
  const shape: Shape = x.shape
  if (shape.length < 2) throw new ShapeError(`channelShuffle: takes [N, C, ...], not ${showShape(shape)}.`)
  const [batch, channels, ...rest] = shape as readonly [number, number, ...number[]]
  checkDivisible('channelShuffle', shape, channels, groups)
  return (x as Tensor)
    .reshape([batch, groups, channels / groups, ...rest])
    .transpose(1, 2)
    .reshape(shape)
}

function imageShape(
  operation: string,
  shape: Shape,
): { leading: Shape; channels: number; height: number; width: number } {
  if (shape.length < 3) throw new ShapeError(`${operation}: takes [..., C, H, W], not ${showShape(shape)}.`)
  const [channels, height, width] = shape.slice(-3) as [number, number, number]
  return { leading: shape.slice(0, -3), channels, height, width }
}

function checkDivisible(operation: string, shape: Shape, length: number, by: number): void {
  if (Number.isInteger(by) && by >= 1 && length % by === 0) return
  throw new ShapeError(`${operation}: ${by} does not divide ${length} of ${showShape(shape)}.`)
}
