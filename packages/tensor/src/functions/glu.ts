import type { DType, Floating } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { AnyShape, Shape } from '../shape.ts'
import { normalizeAxis } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/**
 * Gated linear unit (Dauphin et al. 2017): the first half of an axis times the sigmoid of the second.
 * @param axis Default: the last.
 * @throws ShapeError if the axis cannot be halved.
 */
export function glu<D extends DType>(x: Tensor<Shape, D>, axis = -1): Tensor<AnyShape, Floating<D>> {
  const at = normalizeAxis('glu', axis, x.rank)
  const half = x.shape[at]! / 2
  if (!Number.isInteger(half))
    throw new ShapeError(
      `glu: axis ${axis} of ${showShape(x.shape)} has ${x.shape[at]} elements, which cannot be halved.`,
    )
  const gate: Tensor = (x as Tensor).narrow(at, half, half).sigmoid()
  return gate.multiply((x as Tensor).narrow(at, 0, half))
}
