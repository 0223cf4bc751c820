// Targets that are class indices: what they choose from values per class, as losses of classes need it.

import { type AnyShape, iota, type Shape, ShapeError, sameShape, showShape, type Tensor, where } from '@neurite/tensor'
import { type LossOptions, reduced } from '../reduction.ts'

/** Shape of class indices, and of single losses, for scores of shape `S`: that without the class axis. */
export type WithoutClasses<S extends Shape> = number extends S['length']
  ? AnyShape
  : S extends readonly [infer N extends number, number, ...infer Rest extends number[]]
    ? [N, ...Rest]
    : []

export interface ClassIndexOptions {
  /** Factor of every class's loss, [C]. 'mean' divides by the sum of the weights of all targets. */
  readonly weight?: Tensor
  /** Targets of this index do not count. Default −100, as in PyTorch. */
  readonly ignoreIndex?: number
}

/** The class axis of scores [N, C, ...] or [C]. */
export function classAxisOf(scores: Tensor): number {
  return scores.rank === 1 ? 0 : 1
}

/** A vector [C] in a shape that broadcasts along the class axis of scores. */
export function alongClasses(vector: Tensor, scores: Tensor): Tensor {
  return vector.reshape(Array.from({ length: scores.rank }, (_, i) => (i === classAxisOf(scores) ? -1 : 1)))
}

export interface ChosenClasses {
  /** Whether a target is not the ignored index, in the shape of the targets. */
  readonly isCounted: Tensor
  /** The classes of the targets, 0 where ignored. */
  readonly classes: Tensor
  /** Whether a class is the target's, in the shape of the scores. */
  readonly isTarget: Tensor
}

/**
 * Where the targets lie among the classes. Values are to be chosen by comparison: its gradient is a comparison too, where that of a
 * gather is a scatter. A class index outside [0, C) is an error when the classes are computed.
 */
export function chosenClasses(scores: Tensor, targets: Tensor, ignoreIndex: number): ChosenClasses {
  const axis = classAxisOf(scores)
  const indices = targets.cast('int32')
  const isCounted = indices.notEqual(ignoreIndex)
  // A gather of 0, 1, 2, … changes no index, and is an error for one that is none.
  const classes: Tensor = iota([scores.shape[axis]], 0).take(where(isCounted, indices, 0), 0)
  return { isCounted, classes, isTarget: iota(scores.shape, axis).equal(classes.unsqueeze(axis)) }
}

/** The losses of single targets brought together; the mean is weighted by the classes of the targets that count. */
export function reducedOverTargets(
  losses: Tensor,
  { isCounted, classes }: ChosenClasses,
  { weight, reduction }: ClassIndexOptions & LossOptions,
): Tensor {
  const counted = where(isCounted, losses, 0)
  if (reduction !== undefined && reduction !== 'mean') return reduced(counted, reduction)
  const counts = weight === undefined ? isCounted.cast(losses.dtype) : where(isCounted, weight.take(classes, 0), 0)
  return counted.sum().divide(counts.sum())
}

/** @throws ShapeError unless `weight` has one entry for each class of the scores. */
export function checkClassWeights(loss: string, scores: Tensor, weight: Tensor | undefined): void {
  const classes = scores.shape[classAxisOf(scores)]
  if (weight !== undefined && !sameShape(weight.shape, [classes]))
    throw new ShapeError(
      `${loss}: weight ${showShape(weight.shape)} is not [${classes}], one per class of ${showShape(scores.shape)}.`,
    )
}
