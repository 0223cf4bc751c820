import {
  type AnyShape,
  type DType,
  type Fits,
  isFloating,
  type Shape,
  ShapeError,
  type ShapeMismatch,
  type Show,
  sameShape,
  showShape,
  type Tensor,
  where,
} from '@neurite/tensor'
import type { LossOptions, Reduced, Reduction } from '../reduction.ts'
import type { Agrees } from '../shape-agreement.ts'
import {
  type ClassIndexOptions,
  checkClassWeights,
  chosenClasses,
  classAxisOf,
  reducedOverTargets,
  type WithoutClasses,
} from './class-indices.ts'

export interface NegativeLogLikelihoodOptions<R extends Reduction = Reduction>
  extends LossOptions<R>,
    ClassIndexOptions {}

type TargetsFor<S extends Shape, T extends Shape> = number extends S['length'] | T['length']
  ? AnyShape
  : Agrees<WithoutClasses<S>, T> extends true
    ? T
    : ShapeMismatch<`negativeLogLikelihood: class indices ${Show<T>} do not fit predictions ${Show<S>}`>

/**
 * −log of the probability of the right class, from logarithms of probabilities. From scores, `crossEntropy` does both steps.
 *
 *     lossᵢ = −weight[yᵢ] · logPredictionᵢ[yᵢ]
 *
 * Predictions [N, C, ...] or [C], such as `logSoftmax` gives; targets are class indices (integers) of that shape without C.
 * @throws ShapeError if the shapes do not fit, TypeError if the targets are floats. A class index outside [0, C) is an error when
 * the loss is computed.
 */
export function negativeLogLikelihood<S extends Shape, T extends Shape, R extends Reduction = 'mean'>(
  logPredictions: Tensor<S>,
  targets: Tensor<T, DType> & Fits<TargetsFor<S, T>>,
  options: NegativeLogLikelihoodOptions<R> = {},
): Tensor<Reduced<WithoutClasses<S>, R>> {
  const { weight, ignoreIndex = -100 } = options
  const [logP, indices]: Tensor[] = [logPredictions, targets] as Tensor[]
  checkTargets(logP!, indices!)
  checkClassWeights('negativeLogLikelihood', logP!, weight)
  const chosen = chosenClasses(logP!, indices!, ignoreIndex)
  const surprise = where(chosen.isTarget, logP!, 0).sum(classAxisOf(logP!)).negate()
  const weighted = weight === undefined ? surprise : surprise.multiply(weight.take(chosen.classes, 0))
  return reducedOverTargets(weighted, chosen, options)
}

function checkTargets(logP: Tensor, targets: Tensor): void {
  if (isFloating(targets.dtype))
    throw new TypeError(
      `negativeLogLikelihood: targets are ${targets.dtype}; they must be class indices. Cast them to int32?`,
    )
  const shape: Shape = logP.shape
  if (shape.length === 0)
    throw new ShapeError('negativeLogLikelihood: predictions [] have no class axis; they are [N, C, ...] or [C].')
  const expected = shape.filter((_, axis) => axis !== classAxisOf(logP))
  if (!sameShape(targets.shape, expected))
    throw new ShapeError(
      `negativeLogLikelihood: class indices ${showShape(targets.shape)} do not fit predictions ${showShape(shape)}: ` +
        `they have shape ${showShape(expected)}.`,
    )
}
