import { atan2, concatenate, hypot, type Shape, ShapeError, showShape, type Tensor } from '@neurite/tensor'

/**
 * Points (x, y) as radius and angle: [..., 2] → [..., 2]. Angles are in radians, from −π to π; that of the origin is 0. Builds graph.
 * @throws ShapeError if the last axis does not have 2 elements.
 */
export function cartesianToPolar<S extends Shape>(points: Tensor<S>): Tensor<S, 'float32'> {
  const [x, y] = pairsOf('cartesianToPolar', points)
  return concatenate([hypot(x, y), atan2(y, x)], -1) as Tensor<S, 'float32'>
}

/** Radius and angle as points (x, y): [..., 2] → [..., 2], what `cartesianToPolar` undoes. Builds graph. */
export function polarToCartesian<S extends Shape>(points: Tensor<S>): Tensor<S, 'float32'> {
  const [radius, angle] = pairsOf('polarToCartesian', points)
  return concatenate([radius.multiply(angle.cos()), radius.multiply(angle.sin())], -1) as Tensor<S, 'float32'>
}

function pairsOf(what: string, points: Tensor): [Tensor, Tensor] {
  if (points.shape.at(-1) !== 2)
    throw new ShapeError(`${what}: expected points [..., 2]; got ${showShape(points.shape)}.`)
  const numbers: Tensor = points.cast('float32')
  const around = points.shape.slice(0, -1)
  const part = (at: number): Tensor =>
    numbers.slice({ starts: [...around.map(() => 0), at], stops: [...around, at + 1] })
  return [part(0), part(1)]
}
