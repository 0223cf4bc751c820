import { isFloating, type Tensor } from '@neurite/tensor'
import { checkClassIndices, checkSameShape, classAxisOf } from './decisions.ts'
import type { Metric } from './metric.ts'

export interface RocAucOptions {
  /**
   * With it outputs are scores [N, classes], targets class indices [N], and the result is the mean over the classes of each
   * one's area against the rest, by softmax probabilities.
   */
  readonly classes?: number
}

/**
 * Area under the receiver operating characteristic: the probability that an example of class 1 gets a higher score than one of
 * class 0, a tie counting half (Hanley & McNeil 1982). NaN if a class has no examples, or a score is NaN.
 *
 * Outputs are scores, targets 0 or 1 of the same shape. Exact: the scores of the epoch are kept and sorted.
 * @throws RangeError if `classes` is no integer of at least 2.
 */
export function rocAuc({ classes }: RocAucOptions = {}): Metric<Tensor, Tensor, number> {
  if (classes !== undefined && !(Number.isInteger(classes) && classes >= 2))
    throw new RangeError(`rocAuc: classes is ${classes}; it must be an integer of at least 2.`)
  return {
    better: 'higher',
    statistics(output, target) {
      if (classes === undefined) {
        checkSameShape('rocAuc', output, target)
        return { rows: { scores: output, targets: isFloating(target.dtype) ? target.greater(0.5) : target } }
      }
      checkClassIndices('rocAuc', output, target)
      return { rows: { scores: output.softmax(classAxisOf('rocAuc', output)), targets: target } }
    },
    result({ scores, targets }) {
      if (classes === undefined) return areaUnderCurve(scores!, targets!, 1)
      const areas = Array.from({ length: classes }, (_, label) =>
        areaUnderCurve(columnOf(scores!, classes, label), targets!, label),
      )
      return areas.reduce((sum, area) => sum + area, 0) / classes
    },
  }
}

function columnOf(rows: ArrayLike<number>, width: number, column: number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, row) => rows[row * width + column]!)
}

/** By the rank sum of the positive examples (Mann & Whitney 1947), where equal scores share the mean of their ranks. */
function areaUnderCurve(scores: ArrayLike<number>, targets: ArrayLike<number>, positive: number): number {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  let [positives, rankSum] = [0, 0]
  for (let from = 0; from < order.length; ) {
    const score = scores[order[from]!]!
    if (Number.isNaN(score)) return Number.NaN
    let to = from
    let found = 0
    for (; to < order.length && scores[order[to]!] === score; to++) if (targets[order[to]!] === positive) found++
    positives += found
    rankSum += found * ((from + 1 + to) / 2)
    from = to
  }
  const negatives = order.length - positives
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}
