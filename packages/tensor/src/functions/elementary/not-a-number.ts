import type { DType } from '../../dtype.ts'
import { isFloating } from '../../dtype.ts'
import type { Joined, Joining, Operand, PromotedBy } from '../../operand.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { aligned } from '../aligned.ts'

/** Whether elements are NaN; integers and bools never are. */
export function areNaN<S extends Shape>(x: Tensor<S>): Tensor<S, 'bool'> {
  return (x as Tensor).notEqual(x as Tensor)
}

/** Whether elements are neither infinite nor NaN. */
export function areFinite<S extends Shape>(x: Tensor<S>): Tensor<S, 'bool'> {
  return isFloating(x.dtype) ? (x as Tensor).absolute().less(Infinity) : (x as Tensor).equal(x as Tensor)
}

/**
 * The larger of each pair; the other one where one is NaN. (`maximum` is NaN there.)
 * @throws ShapeError if the shapes cannot be broadcast.
 */
export function fmax<S extends Shape, D extends DType, O extends Operand>(
  a: Tensor<S, D>,
  b: Joining<S, O>,
): Tensor<Joined<S, O>, PromotedBy<D, O>> {
  const [left, right] = aligned('fmax', a, b as Operand)
  return numberOf(left, right, left.maximum(right))
}

/**
 * The smaller of each pair; the other one where one is NaN. (`minimum` is NaN there.)
 * @throws ShapeError if the shapes cannot be broadcast.
 */
export function fmin<S extends Shape, D extends DType, O extends Operand>(
  a: Tensor<S, D>,
  b: Joining<S, O>,
): Tensor<Joined<S, O>, PromotedBy<D, O>> {
  const [left, right] = aligned('fmin', a, b as Operand)
  return numberOf(left, right, left.minimum(right))
}

function numberOf(left: Tensor, right: Tensor, chosen: Tensor): Tensor {
  return areNaN(left).choose(right, areNaN(right).choose(left, chosen))
}
