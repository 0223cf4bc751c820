import { onesLike, ShapeError, scatterAdd, showShape, type Tensor, where } from '@neurite/tensor'
import { classAxisOf, type DecisionOptions, decisionsOf } from './decisions.ts'
import type { Collected, Metric } from './metric.ts'

/** Counts by true class (row) and predicted class (column). */
export type ConfusionMatrix = readonly (readonly number[])[]

/** Between how many classes is decided: between two where there is a threshold. */
export type ClassOptions = DecisionOptions & ({ readonly classes: number } | { readonly threshold: number })

/**
 * How often each class was taken for each: row t, column p counts the examples of class t that were predicted to be of class p.
 * @throws RangeError if `classes` is no positive integer.
 */
export function confusionMatrix(options: ClassOptions): Metric<Tensor, Tensor, ConfusionMatrix> {
  const counts = confusionCounts('confusionMatrix', options)
  return {
    statistics: (output, target) => ({ sums: { counts: counts.ofBatch(output, target) } }),
    result: ({ counts: all }: Collected) => counts.matrix(all!),
  }
}

/** @internal The same for other metrics to make something of. */
export interface ConfusionCounts {
  readonly classes: number
  /** [classes²], row-major. */
  ofBatch(output: Tensor, target: Tensor): Tensor
  matrix(counts: ArrayLike<number>): ConfusionMatrix
}

/** @internal */
export function confusionCounts(metric: string, options: ClassOptions): ConfusionCounts {
  const classes = classesOf(metric, options)
  return {
    classes,
    ofBatch(output, target) {
      if (options.threshold === undefined) checkClasses(metric, output, classes)
      const { predicted, actual, isCounted } = decisionsOf(metric, output, target, options)
      // Whatever does not count goes to a place of its own, behind the others.
      const place = where(isCounted, actual.multiply(classes).add(predicted), classes * classes).flatten()
      const added = scatterAdd(onesLike(place), place, { axis: 0, size: classes * classes + 1 })
      return added.slice({ starts: [0], stops: [classes * classes] })
    },
    matrix: (counts) =>
      Array.from({ length: classes }, (_, row) =>
        Array.from({ length: classes }, (_, column) => counts[row * classes + column]!),
      ),
  }
}

function classesOf(metric: string, options: ClassOptions): number {
  if (options.threshold !== undefined) return 2
  const { classes } = options as { readonly classes: number }
  if (!Number.isInteger(classes) || classes < 1)
    throw new RangeError(`${metric}: classes is ${classes}; it must be a positive integer.`)
  return classes
}

function checkClasses(metric: string, output: Tensor, classes: number): void {
  const found: number = output.shape[classAxisOf(metric, output)]
  if (found !== classes)
    throw new ShapeError(
      `${metric}: outputs ${showShape(output.shape)} have scores for ${found} classes, not for ${classes}, as was said. ` +
        'If every output is a decision of its own, give a threshold.',
    )
}
