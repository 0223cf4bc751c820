import { iota, type Tensor } from '@neurite/tensor'
import { checkClassIndices, classAxisOf, countedIndices, countOf } from './decisions.ts'
import { type Metric, numberOf } from './metric.ts'

export interface TopKAccuracyOptions {
  /** Targets of this value do not count. Default −100. */
  readonly ignoreIndex?: number
}

/**
 * The share of targets among the `k` largest scores. Outputs [N, C, ...], targets class indices [N, ...].
 *
 * Among equal scores the first one is the larger, so that k = 1 is `accuracy`. Scores with NaN are wrong.
 * @throws RangeError if `k` is no positive integer.
 */
export function topKAccuracy(k: number, options: TopKAccuracyOptions = {}): Metric<Tensor, Tensor, number> {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`topKAccuracy: k is ${k}; it must be a positive integer.`)
  const { ignoreIndex = -100 } = options
  return {
    better: 'higher',
    statistics(output, target) {
      checkClassIndices('topKAccuracy', output, target)
      const axis = classAxisOf('topKAccuracy', output)
      const { actual, isCounted } = countedIndices(target, ignoreIndex, output.shape[axis])
      const [wanted, classes] = [actual.unsqueeze(axis), iota(output.shape, axis)]
      const score: Tensor = output.takeAlongAxis(wanted, axis)
      const isAhead = output.greater(score).or(output.equal(score).and(classes.less(wanted)))
      const isNumber: Tensor = output.equal(output).all(axis)
      const isRight = isAhead.cast('int32').sum(axis).less(k).and(isNumber)
      return { sums: { right: countOf(isRight.and(isCounted)), count: countOf(isCounted) } }
    },
    result: (collected) => numberOf(collected, 'right') / numberOf(collected, 'count'),
  }
}
