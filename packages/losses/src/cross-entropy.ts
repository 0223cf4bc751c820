import {
  type AnyShape,
  type DType,
  type Fits,
  iota,
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
import { type LossOptions, type Reduced, type Reduction, reduced } from './reduction.ts'
import type { Agrees } from './shape-agreement.ts'

/** Shape of class indices, and of single losses, for logits of shape `S`: that without the class axis. */
type WithoutClasses<S extends Shape> = S extends readonly [
  infer N extends number,
  number,
  ...infer Rest extends number[],
]
  ? [N, ...Rest]
  : []

/** Shape of single losses, where targets of shape `T` and dtype `D` fit logits of shape `S`. */
type CrossEntropyShape<S extends Shape, T extends Shape, D extends DType> = number extends S['length'] | T['length']
  ? AnyShape
  : true extends (D extends 'float32' | 'float64' ? Agrees<S, T> : Agrees<WithoutClasses<S>, T>)
    ? WithoutClasses<S>
    : ShapeMismatch<`crossEntropy: ${D} targets ${Show<T>} do not fit logits ${Show<S>}`>

export interface CrossEntropyOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Factor of every class's loss, [C]. For class indices, 'mean' divides by the sum of the weights of all targets. */
  readonly weight?: Tensor
  /** Targets of this index do not count. Default −100, as in PyTorch. */
  readonly ignoreIndex?: number
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
  const classAxis = logits.rank === 1 ? 0 : 1
  checkShapes(logits, targets, { classAxis, weight })
  const surprise: Tensor = (logits as Tensor).logSoftmax(classAxis).negate()
  const weighted = weight === undefined ? surprise : surprise.multiply(alongAxis(weight, classAxis, logits.rank))
  return isFloating(targets.dtype)
    ? ofProbabilities(weighted, targets, { ...options, classAxis })
    : ofClasses(weighted, targets.cast('int32'), { ...options, classAxis })
}

interface Settings extends CrossEntropyOptions {
  readonly classAxis: number
}

/** Σ over c of yᵢ[c] · surpriseᵢ[c]. */
function ofProbabilities(surprise: Tensor, targets: Tensor, settings: Settings): Tensor {
  const { labelSmoothing = 0, classAxis, reduction } = settings
  const evenly = labelSmoothing / surprise.shape[classAxis]
  const smoothed = labelSmoothing === 0 ? targets : targets.multiply(1 - labelSmoothing).add(evenly)
  return reduced(smoothed.multiply(surprise).sum(classAxis), reduction)
}

/** surpriseᵢ[yᵢ]. Chosen by comparison: its gradient is a comparison too, where that of a gather is a scatter. */
function ofClasses(surprise: Tensor, targets: Tensor, settings: Settings): Tensor {
  const { weight, ignoreIndex = -100, labelSmoothing = 0, classAxis, reduction } = settings
  const classCount: number = surprise.shape[classAxis]
  const isCounted = targets.notEqual(ignoreIndex)
  // A gather of 0, 1, 2, … changes no index, and is an error for one that is none.
  const classes: Tensor = iota([classCount], 0).take(where(isCounted, targets, 0), 0)
  const isTarget = iota(surprise.shape, classAxis).equal(classes.unsqueeze(classAxis))
  const chosen: Tensor = where(isTarget, surprise, 0).sum(classAxis)
  const smoothed =
    labelSmoothing === 0
      ? chosen
      : chosen.multiply(1 - labelSmoothing).add(surprise.sum(classAxis).multiply(labelSmoothing / classCount))
  const losses = where(isCounted, smoothed, 0)
  if (reduction !== undefined && reduction !== 'mean') return reduced(losses, reduction)
  const counts = weight === undefined ? isCounted.cast(losses.dtype) : where(isCounted, weight.take(classes, 0), 0)
  return losses.sum().divide(counts.sum())
}

/** A vector [C] in a shape that broadcasts along the class axis of logits. */
function alongAxis(vector: Tensor, axis: number, rank: number): Tensor {
  return vector.reshape(Array.from({ length: rank }, (_, i) => (i === axis ? -1 : 1)))
}

function checkShapes(
  logits: Tensor,
  targets: Tensor,
  { classAxis, weight }: { readonly classAxis: number; readonly weight: Tensor | undefined },
): void {
  const shape: Shape = logits.shape
  if (shape.length === 0)
    throw new ShapeError('crossEntropy: logits [] have no class axis; they are [N, C, ...] or [C].')
  const isProbabilities = isFloating(targets.dtype)
  const expected = isProbabilities ? shape : shape.filter((_, axis) => axis !== classAxis)
  if (!sameShape(targets.shape, expected))
    throw new ShapeError(
      `crossEntropy: ${targets.dtype} targets ${showShape(targets.shape)} do not fit logits ${showShape(shape)}: ` +
        (isProbabilities
          ? `probabilities have the shape of the logits. Cast class indices to int32?`
          : `class indices have shape ${showShape(expected)}. The class axis of the logits is axis ${classAxis}.`),
    )
  if (weight !== undefined && !sameShape(weight.shape, [shape[classAxis]!]))
    throw new ShapeError(
      `crossEntropy: weight ${showShape(weight.shape)} is not [${shape[classAxis]}], one per class of logits ${showShape(shape)}.`,
    )
}
