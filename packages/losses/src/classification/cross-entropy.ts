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
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'
import type { Agrees } from '../shape-agreement.ts'
import {
  alongClasses,
  type ClassIndexOptions,
  checkClassWeights,
  chosenClasses,
  classAxisOf,
  reducedOverTargets,
  type WithoutClasses,
} from './class-indices.ts'

/** Shape of single losses, where targets of shape `T` and dtype `D` fit logits of shape `S`. */
type CrossEntropyShape<S extends Shape, T extends Shape, D extends DType> = number extends S['length'] | T['length']
  ? AnyShape
  : true extends (D extends 'float32' | 'float64' ? Agrees<S, T> : Agrees<WithoutClasses<S>, T>)
    ? WithoutClasses<S>
    : ShapeMismatch<`crossEntropy: ${D} targets ${Show<T>} do not fit logits ${Show<S>}`>

export interface CrossEntropyOptions<R extends Reduction = Reduction> extends LossOptions<R>, ClassIndexOptions {
  /** Share of every target that is spread evenly over all classes (Szegedy et al. 2016, § 7), in [0, 1]. Default 0. */
  readonly labelSmoothing?: number
}

/**
 * Cross entropy of softmax(logits) and the targets, for classification.
 *
 *     lossᵢ = −weight[yᵢ] · log softmax(logitsᵢ)[yᵢ]                      where yᵢ is a class index
 *     lossᵢ = −Σ over c of weight[c] · yᵢ[c] · log softmax(logitsᵢ)[c]    where yᵢ[c] are probabilities
 *
 * Logits [N, C, ...] or [C]. Targets are class indices (integers) of that shape without C, or probabilities (floats) of that
 * shape. Logits of any size are safe: nothing overflows.
 * @throws ShapeError if the shapes do not fit, RangeError if the label smoothing is not in [0, 1]. A class index outside [0, C) is
 * an error when the loss is computed.
 */
export function crossEntropy<S extends Shape, T extends Shape, D extends DType, R extends Reduction = 'mean'>(
  logits: Tensor<S>,
  targets: Tensor<T, D> & Fits<CrossEntropyShape<S, T, D>>,
  options: CrossEntropyOptions<R> = {},
): Tensor<Reduced<WithoutClasses<S>, R>> {
  const { weight, labelSmoothing = 0 } = options
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new RangeError(`crossEntropy: labelSmoothing is ${labelSmoothing}; it must lie between 0 and 1.`)
  checkShapes(logits, targets)
  checkClassWeights('crossEntropy', logits, weight)
  const surprise: Tensor = (logits as Tensor).logSoftmax(classAxisOf(logits)).negate()
  const weighted = weight === undefined ? surprise : surprise.multiply(alongClasses(weight, logits))
  return isFloating(targets.dtype) ? ofProbabilities(weighted, targets, options) : ofClasses(weighted, targets, options)
}

/** Σ over c of yᵢ[c] · surpriseᵢ[c]. */
function ofProbabilities(surprise: Tensor, targets: Tensor, options: CrossEntropyOptions): Tensor {
  const { labelSmoothing = 0, reduction } = options
  const classAxis = classAxisOf(surprise)
  const evenly = labelSmoothing / surprise.shape[classAxis]
  const smoothed = labelSmoothing === 0 ? targets : targets.multiply(1 - labelSmoothing).add(evenly)
  return reduced(smoothed.multiply(surprise).sum(classAxis), reduction)
}

/** surpriseᵢ[yᵢ], mixed with the mean over the classes. */
function ofClasses(surprise: Tensor, targets: Tensor, options: CrossEntropyOptions): Tensor {
  const { ignoreIndex = -100, labelSmoothing = 0 } = options
  const classAxis = classAxisOf(surprise)
  const chosen = chosenClasses(surprise, targets, ignoreIndex)
  const ofTarget: Tensor = where(chosen.isTarget, surprise, 0).sum(classAxis)
  const evenly = labelSmoothing / surprise.shape[classAxis]
  const losses =
    labelSmoothing === 0
      ? ofTarget
      : ofTarget.multiply(1 - labelSmoothing).add(surprise.sum(classAxis).multiply(evenly))
  return reducedOverTargets(losses, chosen, options)
}

function checkShapes(logits: Tensor, targets: Tensor): void {
  const shape: Shape = logits.shape
  if (shape.length === 0)
    throw new ShapeError('crossEntropy: logits [] have no class axis; they are [N, C, ...] or [C].')
  const classAxis = classAxisOf(logits)
  const isProbabilities = isFloating(targets.dtype)
  const expected = isProbabilities ? shape : shape.filter((_, axis) => axis !== classAxis)
  if (!sameShape(targets.shape, expected))
    throw new ShapeError(
      `crossEntropy: ${targets.dtype} targets ${showShape(targets.shape)} do not fit logits ${showShape(shape)}: ` +
        (isProbabilities
          ? `probabilities have the shape of the logits. Cast class indices to int32?`
          : `class indices have shape ${showShape(expected)}. The class axis of the logits is axis ${classAxis}.`),
    )
}
