import { full } from '../../create.ts'
import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import type { Joined, Joining, Operand, PromotedBy } from '../../operand.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { alignedFloats } from '../aligned.ts'
import { polynomial } from './polynomial.ts'

/** The inverse of `sin`, in [−π/2, π/2]; NaN outside [−1, 1]. */
export function asin<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const sine: Tensor = x.cast(floatingOf(x.dtype))
  return angleOf(sine, otherSide(sine))
}

/** The inverse of `cos`, in [0, π]; NaN outside [−1, 1]. */
export function acos<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const cosine: Tensor = x.cast(floatingOf(x.dtype))
  return angleOf(otherSide(cosine), cosine)
}

/** The inverse of `tan`, in [−π/2, π/2]. */
export function atan<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const tangent: Tensor = x.cast(floatingOf(x.dtype))
  const isNegative = tangent.less(0)
  const angle = arctangent(isNegative.choose(tangent.negate(), tangent))
  return isNegative.choose(angle.negate(), angle)
}

/**
 * The angle of the point (x, y) seen from the origin, in [−π, π]; 0 at the origin itself. Two infinities give NaN.
 * @throws ShapeError if the shapes cannot be broadcast.
 */
export function atan2<S extends Shape, D extends DType, O extends Operand>(
  y: Tensor<S, D>,
  x: Joining<S, O>,
): Tensor<Joined<S, O>, Floating<PromotedBy<D, O>>> {
  return angleOf(...alignedFloats('atan2', y, x as Operand))
}

function angleOf(y: Tensor, x: Tensor): Tensor {
  const isSteep = y.absolute().greater(x.absolute())
  const divisor = isSteep.choose(y, x)
  const ratio = isSteep.choose(x.negate(), y).divide(divisor.equal(0).choose(1, divisor))
  const quarter = y.less(0).choose(full(y.shape, -Math.PI / 2, y.dtype), Math.PI / 2)
  const half = x.less(0).choose(quarter.multiply(2), 0)
  const angle: Tensor = atan(ratio)
  return angle.add(isSteep.choose(quarter, half))
}

/** √(1 − x²), accurate where x is near 1. */
function otherSide(x: Tensor): Tensor {
  return x.negate().add(1).multiply(x.add(1)).sqrt()
}

/**
 * arctan x for x ≥ 0, by a rational function on [0, 0.66], to which larger ones are brought by
 * arctan x = π/4 + arctan((x − 1) / (x + 1)) = π/2 − arctan(1 / x) (Moshier's Cephes library, atan.c: 1.8e−16 relative).
 */
function arctangent(x: Tensor): Tensor {
  const isLarge = x.greater(Math.tan((3 * Math.PI) / 8))
  const isMiddling = x.greater(0.66).and(isLarge.not())
  const dividend = isLarge.choose(-1, isMiddling.choose(x.subtract(1), x))
  const divisor = isLarge.choose(x, isMiddling.choose(x.add(1), 1))
  const reduced = dividend.divide(divisor)
  const square = reduced.square()
  const correction = square.multiply(polynomial(square, numerator)).divide(polynomial(square, denominator))
  const offset = isLarge.choose(Math.PI / 2, isMiddling.cast(x.dtype).multiply(Math.PI / 4))
  return offset.add(reduced.multiply(correction).add(reduced))
}

const numerator: readonly number[] = [
  -0.8750608600031904, -16.157537187333652, -75.00855792314705, -122.88666844901361, -64.85021904942025,
]

const denominator: readonly number[] = [
  1, 24.858464901423062, 165.02700983169885, 432.88106049129027, 485.3903996359137, 194.5506571482614,
]
