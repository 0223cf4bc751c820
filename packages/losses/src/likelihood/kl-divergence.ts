import { type Fits, type Shape, ShapeError, type Tensor, where } from '@neurite/tensor'
import { type Reduced, type Reduction, reduced } from '../reduction.ts'
import { type Agreement, checkAgreement } from '../shape-agreement.ts'

/** 'batchMean' divides the sum by the size of the first axis, which makes it the mean divergence of rows. */
export type DivergenceReduction = Reduction | 'batchMean'

export interface KLDivergenceOptions<R extends DivergenceReduction = DivergenceReduction> {
  /** Default 'mean', over all elements as in PyTorch; the divergence of distributions in rows is 'batchMean'. */
  readonly reduction?: R
  /** Whether the targets are logarithms of probabilities too. Default false. */
  readonly logTargets?: boolean
}

type ReducedDivergence<S extends Shape, R extends DivergenceReduction> = R extends Reduction ? Reduced<S, R> : []

/**
 * The Kullback–Leibler divergence of predicted from target distributions (Kullback & Leibler 1951), element by element.
 *
 *     lossᵢ = targetᵢ · (log targetᵢ − logPredictionᵢ)
 *
 * Predictions are logarithms of probabilities, such as `logSoftmax` gives; targets are probabilities of the same shape.
 * A target of 0 costs nothing.
 * @throws ShapeError if the shapes differ, or for 'batchMean' if there is no first axis.
 */
export function klDivergence<S extends Shape, T extends Shape, R extends DivergenceReduction = 'mean'>(
  logPredictions: Tensor<S>,
  targets: Tensor<T> & Fits<Agreement<'klDivergence', S, T>>,
  options: KLDivergenceOptions<R> = {},
): Tensor<ReducedDivergence<S, R>> {
  const { logTargets = false, reduction } = options
  checkAgreement('klDivergence', logPredictions, targets)
  const [logQ, p]: Tensor[] = [logPredictions, targets] as Tensor[]
  const losses = logTargets ? p!.exp().multiply(p!.subtract(logQ!)) : timesLog(p!).subtract(p!.multiply(logQ!))
  if (reduction !== 'batchMean') return reduced(losses, reduction as Reduction | undefined)
  if (losses.rank === 0)
    throw new ShapeError("klDivergence: reduction 'batchMean' needs a first axis; predictions are [].")
  return losses.sum().divide(losses.shape[0])
}

/** p · log p, which is 0 at 0. */
function timesLog(p: Tensor): Tensor {
  const isZero = p.equal(0)
  return where(isZero, 0, p.multiply(where(isZero, 1, p).log()))
}
