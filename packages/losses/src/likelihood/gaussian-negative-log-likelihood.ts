import { type Fits, type Shape, ShapeError, sameShape, showShape, type Tensor } from '@neurite/tensor'
import { checkPositive } from '../argument-checks.ts'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

export interface GaussianNegativeLogLikelihoodOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Whether the constant ½ · log 2π is added. Default false. */
  readonly full?: boolean
  /** Variances count as at least this; their gradient passes all the same. Default 1e-6. */
  readonly epsilon?: number
}

/**
 * −log of the density of targets under normal distributions whose means and variances are predicted (Nix & Weigend 1994).
 *
 *     lossᵢ = ½ · (log varianceᵢ + (targetᵢ − meanᵢ)² / varianceᵢ)      full: + ½ · log 2π
 *
 * Means and targets have one shape. The variances, not negative, have it too, or lack the last axis, or have size 1 there: one for
 * each row.
 * @throws ShapeError if the shapes do not fit, RangeError unless epsilon is positive.
 */
export function gaussianNegativeLogLikelihood<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  means: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'gaussianNegativeLogLikelihood', S, T, 'means'>>,
  variances: Tensor,
  options: GaussianNegativeLogLikelihoodOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { full = false, epsilon = 1e-6, reduction } = options
  checkAgreement('gaussianNegativeLogLikelihood', means, targets)
  checkPositive('gaussianNegativeLogLikelihood', { epsilon })
  const given = fitted(variances, means.shape)
  // The lift is a constant: a variance that has become too small must still be able to grow.
  const variance = given.add(given.clamp({ min: epsilon }).subtract(given).stopGradient())
  const error = (means as Tensor).subtract(targets as Tensor).square()
  const losses = variance.log().add(error.divide(variance)).multiply(0.5)
  return reduced(full ? losses.add(0.5 * Math.log(2 * Math.PI)) : losses, reduction)
}

function fitted(variances: Tensor, shape: Shape): Tensor {
  const [found, batch]: Shape[] = [variances.shape, shape.slice(0, -1)]
  if (sameShape(found!, shape) || sameShape(found!, [...batch!, 1])) return variances
  if (shape.length > 0 && sameShape(found!, batch!)) return variances.unsqueeze(-1)
  throw new ShapeError(
    `gaussianNegativeLogLikelihood: variances ${showShape(found!)} do not fit means ${showShape(shape)}: they have that shape, ` +
      'or one entry where it has its last axis.',
  )
}
