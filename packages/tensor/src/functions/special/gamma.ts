import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { polynomial } from '../elementary/polynomial.ts'

/**
 * log |Γ(x)|; ∞ at 0, −1, −2, …
 *
 * By Stirling's series (Abramowitz & Stegun 6.1.41) from 3 on, in float64 from 10 on, to where smaller arguments are brought by
 * Γ(x + 1) = x · Γ(x), and those below ½ by Γ(x) · Γ(1 − x) = π / sin πx.
 */
export function lgamma<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const { isLeft, right } = reflected(wide)
  const steps = wide.dtype === 'float64' ? 10 : 3
  const isSmall = right.less(steps)
  const small = isSmall.choose(right, 1)
  const product = risingProduct(small, steps)
  const z = isSmall.choose(small.add(steps), right)
  const stirling = z
    .subtract(0.5)
    .multiply(z.log().subtract(1))
    .add(inverseSeries(z, stirlingSeries))
    .add(stirlingOffset)
  const value = stirling.subtract(isSmall.choose(product.log(), 0))
  // At the poles sin πx is 0 and its logarithm −∞.
  const sine = isLeft.choose(distanceToInteger(wide), 0.5).multiply(Math.PI).sin().absolute()
  return isLeft.choose(sine.log().negate().add(Math.log(Math.PI)).subtract(value), value)
}

/**
 * The derivative of log Γ(x); NaN at 0, −1, −2, …
 *
 * By its asymptotic series (Abramowitz & Stegun 6.3.18) from 5 on, in float64 from 12 on, to where smaller arguments are brought by
 * ψ(x + 1) = ψ(x) + 1 / x, and those below ½ by ψ(1 − x) − ψ(x) = π / tan πx.
 */
export function digamma<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const { isLeft, right } = reflected(wide)
  const steps = wide.dtype === 'float64' ? 12 : 5
  const isSmall = right.less(steps)
  const small = isSmall.choose(right, 1)
  const z = isSmall.choose(small.add(steps), right)
  const series = z.log().subtract(z.reciprocal().multiply(0.5)).subtract(inverseSquareSeries(z))
  const value = series.subtract(isSmall.choose(reciprocalSum(small, steps), 0))
  const angle = isLeft.choose(distanceToInteger(wide), 0.25).multiply(Math.PI)
  const isPole = angle.equal(0)
  const cotangent = isPole.choose(Number.NaN, angle.cos().divide(isPole.choose(1, angle).sin()))
  return isLeft.choose(value.subtract(cotangent.multiply(Math.PI)), value)
}

/** Arguments from ½ on, and where they are 1 − x instead of x. */
function reflected(x: Tensor): { isLeft: Tensor; right: Tensor } {
  const isLeft = x.less(0.5)
  return { isLeft, right: isLeft.choose(x.negate().add(1), x) }
}

/** x minus the nearest integer, in which sin πx and tan πx lose no accuracy. */
function distanceToInteger(x: Tensor): Tensor {
  return x.subtract(x.round())
}

/** x · (x + 1) · … with `count` factors. */
function risingProduct(x: Tensor, count: number): Tensor {
  return Array.from({ length: count - 1 }, (_, i) => x.add(i + 1)).reduce(
    (product, factor) => product.multiply(factor),
    x,
  )
}

/** 1 / x + 1 / (x + 1) + … with `count` terms. */
function reciprocalSum(x: Tensor, count: number): Tensor {
  return Array.from({ length: count }, (_, i) => x.add(i).reciprocal()).reduce((sum, term) => sum.add(term))
}

/** Σ cₖ / z²ᵏ⁻¹. */
function inverseSeries(z: Tensor, coefficients: readonly number[]): Tensor {
  const inverse = z.reciprocal()
  return polynomial(inverse.square(), coefficients).multiply(inverse)
}

function inverseSquareSeries(z: Tensor): Tensor {
  const square = z.reciprocal().square()
  return polynomial(square, digammaSeries).multiply(square)
}

/** ½ log 2π − ½: what (z − ½) · (log z − 1) lacks. */
const stirlingOffset = 0.5 * Math.log(2 * Math.PI) - 0.5

/** B₂ₖ / (2k · (2k − 1)) for k = 8, …, 1. */
const stirlingSeries: readonly number[] = [
  -3617 / 122400,
  1 / 156,
  -691 / 360360,
  1 / 1188,
  -1 / 1680,
  1 / 1260,
  -1 / 360,
  1 / 12,
]

/** B₂ₖ / 2k for k = 7, …, 1. */
const digammaSeries: readonly number[] = [1 / 12, -691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12]
