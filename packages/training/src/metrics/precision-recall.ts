import type { Tensor } from '@neurite/tensor'
import { type Average, averaged, type ClassTally, talliesOf } from './class-averages.ts'
import { type ClassOptions, confusionCounts } from './confusion-matrix.ts'
import type { Metric } from './metric.ts'

/** `A` is how classes are averaged. */
export type ClassMetricOptions<A extends Average = Average> = ClassOptions & {
  /**
   * 'binary': the figure of the class `positive` alone, the default with a threshold. 'macro': the mean over the classes that
   * occur in targets or predictions, the default otherwise. 'weighted': that mean weighted by the classes' numbers of
   * examples. 'micro': of all decisions together. 'none': one figure for each class.
   */
  readonly average?: A
  /** The class of 'binary'. Default 1. */
  readonly positive?: number
}

export interface FScoreOptions {
  /** How many times as important recall is as precision. Default 1. */
  readonly beta?: number
}

/** A number, or one for each class. */
export type AveragedFigure<A extends Average> = A extends 'none' ? readonly number[] : number

/**
 * The share of a class's predictions that are right:  TP / (TP + FP); 0 where it is never predicted.
 * @throws RangeError if `classes` or `positive` is out of range.
 */
export function precision<A extends Average = 'macro'>(
  options: ClassMetricOptions<A>,
): Metric<Tensor, Tensor, AveragedFigure<A>> {
  return ofTallies('precision', options, ({ right, predicted }) => share(right, predicted))
}

/**
 * The share of a class's examples that are found:  TP / (TP + FN); 0 where there are none.
 * @throws RangeError if `classes` or `positive` is out of range.
 */
export function recall<A extends Average = 'macro'>(
  options: ClassMetricOptions<A>,
): Metric<Tensor, Tensor, AveragedFigure<A>> {
  return ofTallies('recall', options, ({ right, actual }) => share(right, actual))
}

/**
 * The weighted harmonic mean of precision and recall (van Rijsbergen 1979):
 *
 *     Fᵦ = (1 + β²) · TP / ((1 + β²) · TP + β² · FN + FP)
 *
 * @throws RangeError if `classes` or `positive` is out of range, or `beta` not positive.
 */
export function fScore<A extends Average = 'macro'>(
  options: ClassMetricOptions<A> & FScoreOptions,
): Metric<Tensor, Tensor, AveragedFigure<A>> {
  const { beta = 1 } = options
  if (!(beta > 0)) throw new RangeError(`fScore: beta is ${beta}; it must be positive.`)
  const weight = beta * beta
  return ofTallies('fScore', options, ({ right, predicted, actual }) =>
    share((1 + weight) * right, predicted + weight * actual),
  )
}

function ofTallies<A extends Average>(
  name: string,
  options: ClassMetricOptions<A>,
  figure: (tally: ClassTally) => number,
): Metric<Tensor, Tensor, AveragedFigure<A>> {
  const counts = confusionCounts(name, options)
  const { average = options.threshold === undefined ? 'macro' : 'binary', positive = 1 } = options
  if (average === 'binary' && !(Number.isInteger(positive) && positive >= 0 && positive < counts.classes))
    throw new RangeError(`${name}: positive is ${positive}, which is none of ${counts.classes} classes.`)
  return {
    better: 'higher',
    statistics: (output, target) => ({ sums: { counts: counts.ofBatch(output, target) } }),
    result: (collected) =>
      averaged(talliesOf(counts.matrix(collected.counts!)), { average, positive, figure }) as AveragedFigure<A>,
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
