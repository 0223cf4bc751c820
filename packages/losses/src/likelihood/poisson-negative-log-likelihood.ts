import { type Fits, type Shape, type Tensor, where } from '@neurite/tensor'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

export interface PoissonNegativeLogLikelihoodOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Whether predictions are logarithms of rates, and not rates. Default true. */
  readonly logPredictions?: boolean
  /** Whether Stirling's approximation of log target! is added, which changes no gradient of the predictions. Default false. */
  readonly full?: boolean
  /** Keeps the logarithm of a rate of 0 finite. Default 1e-8. */
  readonly epsilon?: number
}

/**
 * −log of the probability of counts under Poisson distributions, up to log target! unless `full`.
 *
 *     lossᵢ = exp(xᵢ) − targetᵢ · xᵢ               where predictions xᵢ are logarithms of rates
 *     lossᵢ = xᵢ − targetᵢ · log(xᵢ + epsilon)     where they are rates
 *     full: + targetᵢ · log targetᵢ − targetᵢ + ½ · log(2π · targetᵢ) where targetᵢ > 1
 *
 * Predictions and targets have one shape.
 * @throws ShapeError if their shapes differ.
 */
export function poissonNegativeLogLikelihood<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  predictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'poissonNegativeLogLikelihood', S, T>>,
  options: PoissonNegativeLogLikelihoodOptions<R> = {},
): Tensor<Reduced<S, R>> {
  const { logPredictions = true, full = false, epsilon = 1e-8, reduction } = options
  checkAgreement('poissonNegativeLogLikelihood', predictions, targets)
  const [x, counts] = [predictions as Tensor, targets as Tensor]
  const [rate, logRate] = logPredictions ? [x.exp(), x] : [x, x.add(epsilon).log()]
  const losses = rate.subtract(counts.multiply(logRate))
  return reduced(full ? losses.add(logFactorial(counts)) : losses, reduction)
}

/** Stirling's approximation, and 0 up to 1. */
function logFactorial(count: Tensor): Tensor {
  const isLarge = count.greater(1)
  const n: Tensor = where(isLarge, count, 1)
  const log = n.log()
  const approximation = n
    .multiply(log)
    .subtract(n)
    .add(log.add(Math.log(2 * Math.PI)).multiply(0.5))
  return where(isLarge, approximation, 0)
}
