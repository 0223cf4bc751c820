import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { polynomial } from '../elementary/polynomial.ts'

/**
 * 1 − erf(x), accurate where that is tiny: beyond 1 by e^(−x²) times rational functions (Moshier's Cephes library, ndtr.c:
 * 4e−16 relative).
 */
export function erfc<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const isNegative = wide.less(0)
  const distance = isNegative.choose(wide.negate(), wide)
  const isNear = distance.less(1)
  // Far out it is 0 in float64 too, and the polynomials would overflow.
  const away = isNear.choose(1, distance.greater(farthest).choose(farthest, distance))
  const tail = bell(away).multiply(tailRatio(away))
  const right = isNear.choose(isNear.choose(distance, 0).erf().negate().add(1), tail)
  return isNegative.choose(right.negate().add(2), right)
}

const farthest = 30

/** e^(−x²) for 0 ≤ x ≤ 30; x² would round, and the power magnifies that, so the power of a near number with an exact square is split off. */
function bell(x: Tensor): Tensor {
  const near = x
    .multiply(16)
    .round()
    .multiply(1 / 16)
  const rest = near.subtract(x).multiply(near.add(x))
  return near.square().negate().exp().multiply(rest.exp())
}

/** erfc(x) · e^(x²) for 1 ≤ x ≤ 30. */
function tailRatio(x: Tensor): Tensor {
  const isFar = x.greaterEqual(8)
  const middle = isFar.choose(1, x)
  const far = isFar.choose(x, 8)
  return isFar.choose(
    polynomial(far, farNumerator).divide(polynomial(far, farDenominator)),
    polynomial(middle, middleNumerator).divide(polynomial(middle, middleDenominator)),
  )
}

const middleNumerator: readonly number[] = [
  2.461969814735305e-10, 0.5641895648310689, 7.463210564422699, 48.63719709856814, 196.5208329560771, 526.4451949954773,
  934.5285271719576, 1027.5518868951572, 557.5353353693994,
]
const middleDenominator: readonly number[] = [
  1, 13.228195115474499, 86.70721408859897, 354.9377788878199, 975.7085017432055, 1823.9091668790973,
  2246.3376081871097, 1656.6630919416134, 557.5353408177277,
]
const farNumerator: readonly number[] = [
  0.5641895835477551, 1.275366707599781, 5.019050422511805, 6.160210979930536, 7.4097426995044895, 2.9788666537210022,
]
const farDenominator: readonly number[] = [
  1, 2.2605286322011726, 9.396035249380015, 12.048953980809666, 17.08144507475659, 9.608968090632859, 3.369076451000815,
]

/**
 * The inverse of `erf` on (−1, 1); ±∞ at the ends, NaN outside.
 *
 * By polynomials in −log(1 − x²) (Giles 2012, "Approximating the erfinv function", single precision: 3e−7 relative); in float64
 * two steps of Newton's method sharpen the result.
 */
export function erfinv<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const isEnd = wide.absolute().equal(1)
  const inner = isEnd.choose(0, wide)
  const depth = inner.negate().add(1).multiply(inner.add(1)).log().negate()
  const isDeep = depth.greaterEqual(5)
  const central = polynomial(isDeep.choose(0, depth).subtract(2.5), centralCoefficients)
  const deep = polynomial(isDeep.choose(depth, 9).sqrt().subtract(3), deepCoefficients)
  let root = isDeep.choose(deep, central).multiply(inner)
  if (wide.dtype === 'float64') for (let step = 0; step < 2; step++) root = newtonStep(root, inner)
  // x · ∞, with the gradient ∞.
  return isEnd.choose(wide.divide(wide.absolute().negate().add(1)), root)
}

/** y − (erf(y) − x) / erf′(y). */
function newtonStep(y: Tensor, x: Tensor): Tensor {
  const slope = y
    .square()
    .negate()
    .exp()
    .multiply(2 / Math.sqrt(Math.PI))
  return y.subtract(y.erf().subtract(x).divide(slope))
}

const centralCoefficients: readonly number[] = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3, -4.17768164e-3,
  2.46640727e-1, 1.50140941,
]
const deepCoefficients: readonly number[] = [
  -2.00214257e-4, 1.00950558e-4, 1.34934322e-3, -3.67342844e-3, 5.73950773e-3, -7.6224613e-3, 9.43887047e-3, 1.00167406,
  2.83297682,
]
