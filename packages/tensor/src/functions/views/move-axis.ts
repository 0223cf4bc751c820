import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { Axes } from '../../methods/movement.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import { normalizeAxes, normalizeAxis } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/**
 * Axes at other positions; the others keep their order.
 * @param from The axes to move.
 * @param to The positions that they get in the result.
 * @throws ShapeError if there are not as many of both.
 */
export function moveAxis<D extends DType>(x: Tensor<Shape, D>, from: Axes, to: Axes): Tensor<AnyShape, D> {
  const sources = normalizeAxes('moveAxis', listOf(from), x.rank)
  const targets = normalizeAxes('moveAxis', listOf(to), x.rank)
  if (sources.length !== targets.length)
    throw new ShapeError(
      `moveAxis: ${showShape(sources)} cannot move to ${showShape(targets)}: one position for each axis.`,
    )
  const others = x.shape.map((_, axis) => axis).filter((axis) => !sources.includes(axis))
  const order = x.shape.map((_, position) => {
    const moved = targets.indexOf(position)
    return moved === -1 ? others.shift()! : sources[moved]!
  })
  return (x as Tensor).permute(order)
}

/**
 * A quarter turn, `times` times, from the first of two axes towards the second.
 * @param axes Default: the first two.
 */
export function rotate90<D extends DType>(
  x: Tensor<Shape, D>,
  times = 1,
  axes: readonly [number, number] = [0, 1],
): Tensor<AnyShape, D> {
  const [a, b] = normalizeAxes('rotate90', axes, x.rank) as [number, number]
  const turns = ((times % 4) + 4) % 4
  if (!Number.isInteger(turns)) throw new ShapeError(`rotate90: ${times} is not a whole number of quarter turns.`)
  if (turns === 0) return x
  if (turns === 2) return (x as Tensor).flip([a, b])
  return turns === 1 ? (x as Tensor).flip(b).transpose(a, b) : (x as Tensor).transpose(a, b).flip(b)
}

/**
 * One axis as several, row-major; the inverse of `flatten`. One of the sizes may be −1: what is left.
 * @throws ShapeError if the sizes do not multiply to that of the axis.
 */
export function unflatten<D extends DType>(x: Tensor<Shape, D>, axis: number, sizes: Shape): Tensor<AnyShape, D> {
  const at = normalizeAxis('unflatten', axis, x.rank)
  const length = x.shape[at]!
  const known = sizes.reduce((product, size) => (size === -1 ? product : product * size), 1)
  const filled = sizes.map((size) => (size === -1 ? length / known : size))
  if (filled.reduce((product, size) => product * size, 1) !== length || filled.some((size) => !Number.isInteger(size)))
    throw new ShapeError(
      `unflatten: axis ${axis} of ${showShape(x.shape)} has size ${length}, not ${showShape(sizes)}.`,
    )
  return (x as Tensor).reshape([...x.shape.slice(0, at), ...filled, ...x.shape.slice(at + 1)])
}

function listOf(axes: Axes): readonly number[] {
  return typeof axes === 'number' ? [axes] : axes
}
