// What outputs say and what targets say, as class indices that can be compared.

import { iota, isFloating, type Shape, ShapeError, sameShape, showShape, type Tensor, where } from '@neurite/tensor'

export interface DecisionOptions {
  /**
   * Makes every element a decision between 0 and 1: 1 where the output is larger (0.5 for probabilities, 0 for logits). Outputs and
   * targets then have one shape. Without it outputs are scores [N, C, ...], of which the largest along axis 1 decides; targets
   * are class indices [N, ...], or probabilities [N, C, ...].
   */
  readonly threshold?: number
  /** Integer targets of this value do not count. Default −100, as in `crossEntropy`. */
  readonly ignoreIndex?: number
}

/** Tensors of one shape, one element for each decision. */
export interface Decisions {
  readonly predicted: Tensor
  readonly actual: Tensor
  /** Whether it counts. */
  readonly isCounted: Tensor
}

/** @throws ShapeError if outputs and targets do not fit. */
export function decisionsOf(metric: string, output: Tensor, target: Tensor, options: DecisionOptions): Decisions {
  const { threshold, ignoreIndex = -100 } = options
  if (threshold === undefined) return classDecisions(metric, output, target, ignoreIndex)
  checkSameShape(metric, output, target)
  const predicted = output.greater(threshold).cast('int32')
  if (isFloating(target.dtype))
    return { predicted, actual: target.greater(0.5).cast('int32'), isCounted: all(predicted) }
  return { predicted, ...countedIndices(target, ignoreIndex, 2) }
}

function classDecisions(metric: string, output: Tensor, target: Tensor, ignoreIndex: number): Decisions {
  const axis = classAxisOf(metric, output)
  const predicted: Tensor = output.argMax(axis)
  if (isFloating(target.dtype)) {
    checkSameShape(metric, output, target)
    return { predicted, actual: target.argMax(axis), isCounted: all(predicted) }
  }
  checkClassIndices(metric, output, target)
  return { predicted, ...countedIndices(target, ignoreIndex, output.shape[axis]) }
}

/** The axis of scores along which classes lie. */
export function classAxisOf(metric: string, scores: Tensor): number {
  if (scores.rank === 0)
    throw new ShapeError(`${metric}: outputs [] have no class axis; they are [N, C, ...]. Is a threshold missing?`)
  return scores.rank === 1 ? 0 : 1
}

/** @throws ShapeError unless integer targets have the shape of the scores without the class axis. */
export function checkClassIndices(metric: string, scores: Tensor, target: Tensor): void {
  const axis = classAxisOf(metric, scores)
  const expected = (scores.shape as Shape).filter((_, i) => i !== axis)
  if (!sameShape(target.shape, expected))
    throw new ShapeError(
      `${metric}: ${target.dtype} targets ${showShape(target.shape)} do not fit outputs ${showShape(scores.shape)}: class indices ` +
        `have shape ${showShape(expected)}. If every output is a decision of its own, give a threshold.`,
    )
}

/** @throws ShapeError if the shapes differ. */
export function checkSameShape(metric: string, output: Tensor, target: Tensor): void {
  if (!sameShape(output.shape, target.shape))
    throw new ShapeError(
      `${metric}: outputs ${showShape(output.shape)} and targets ${showShape(target.shape)} differ in shape. Reshape one of them?`,
    )
}

/** Integer targets with those that do not count as 0. One that is no class is an error when it is computed. */
export function countedIndices(
  target: Tensor,
  ignoreIndex: number,
  classes: number,
): { readonly actual: Tensor; readonly isCounted: Tensor } {
  const indices = target.cast('int32')
  const isCounted = indices.notEqual(ignoreIndex)
  // A gather of 0, 1, 2, … changes no index, and is an error for one that is none.
  return { actual: iota([classes], 0).take(where(isCounted, indices, 0), 0), isCounted }
}

/** True everywhere. */
function all(decisions: Tensor): Tensor {
  return decisions.equal(decisions)
}

/** How many elements of a condition hold, int32 []. */
export function countOf(condition: Tensor): Tensor {
  return condition.cast('int32').sum()
}
