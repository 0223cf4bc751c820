import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/** The hyperbolic sine, (eˣ − e⁻ˣ) / 2. */
export function sinh<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const isSmall = wide.absolute().less(1)
  // Where x is small the two powers would cancel: (m + m / (m + 1)) / 2 with m = eˣ − 1 does not.
  const m = isSmall.choose(wide, 0).expm1()
  const small = m.add(m.divide(m.add(1))).multiply(0.5)
  return isSmall.choose(small, halfPower(wide).subtract(halfPower(wide.negate())))
}

/** The hyperbolic cosine, (eˣ + e⁻ˣ) / 2. */
export function cosh<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  return halfPower(wide).add(halfPower(wide.negate()))
}

/** The inverse of `sinh`, log(x + √(x² + 1)). */
export function asinh<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return odd(x, (distance) => {
    // Of a large x the square would overflow.
    const isLarge = distance.greater(large)
    const small = isLarge.choose(1, distance)
    const square = small.square()
    const rise = small.add(square.divide(square.add(1).sqrt().add(1))).log1p()
    return isLarge.choose(isLarge.choose(distance, 1).log().add(Math.LN2), rise)
  })
}

/** The inverse of `cosh` on [1, ∞), log(x + √(x² − 1)); NaN below 1. */
export function acosh<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const isLarge = wide.greater(large)
  // With x = 1 + t nothing is lost near 1: x² − 1 = t · (t + 2).
  const t = isLarge.choose(1, wide.subtract(1))
  const rise = t.add(t.multiply(t.add(2)).sqrt()).log1p()
  return isLarge.choose(isLarge.choose(wide, 1).log().add(Math.LN2), rise)
}

/** The inverse of `tanh` on (−1, 1), log((1 + x) / (1 − x)) / 2; ±∞ at the ends, NaN outside. */
export function atanh<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return odd(x, (distance) => {
    const isEnd = distance.equal(1)
    const inner = isEnd.choose(0, distance)
    const rise = inner.multiply(2).divide(inner.negate().add(1)).log1p().multiply(0.5)
    // distance / 0, whose gradient is infinite too.
    return isEnd.choose(distance.divide(distance.negate().add(1)), rise)
  })
}

/** Beyond this √(x² ± 1) is |x|, in float64 too. */
const large = 1e9

/** eˣ / 2, finite wherever it can be. */
function halfPower(x: Tensor): Tensor {
  const root = x.multiply(0.5).exp()
  return root.multiply(0.5).multiply(root)
}

/** An odd function, given by its values where x is not negative; at 0 its slope is that on the right. */
function odd(x: Tensor, onTheRight: (x: Tensor) => Tensor): Tensor {
  const wide = x.cast(floatingOf(x.dtype))
  const isNegative = wide.less(0)
  const right = onTheRight(isNegative.choose(wide.negate(), wide))
  return isNegative.choose(right.negate(), right)
}
