import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { polynomial } from './polynomial.ts'

/** sin x / cos x. */
export function tan<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const cosine: Tensor = x.cos()
  return (x as Tensor).sin().divide(cosine)
}

/** sin(πx) / (πx), 1 at 0. */
export function sinc<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const angle = (x as Tensor).cast(floatingOf(x.dtype)).multiply(Math.PI)
  const isSmall = angle.absolute().less(0.5)
  // Near 0 by its power series, whose derivatives are right at 0 and do not cancel around it.
  const near = polynomial(isSmall.choose(angle, 0).square(), sincSeries)
  const away = isSmall.choose(1, angle)
  return isSmall.choose(near, away.sin().divide(away))
}

/** Of sin(x) / x in x²: (−1)ᵏ / (2k + 1)!, highest power first. */
const sincSeries: readonly number[] = [
  -1 / 1307674368000,
  1 / 6227020800,
  -1 / 39916800,
  1 / 362880,
  -1 / 5040,
  1 / 120,
  -1 / 6,
  1,
]
