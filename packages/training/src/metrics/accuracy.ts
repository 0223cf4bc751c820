import type { Tensor } from '@neurite/tensor'
import { countOf, type DecisionOptions, decisionsOf } from './decisions.ts'
import { type Metric, numberOf } from './metric.ts'

/** The share of right decisions: of largest scores that are the target's, or of elements on the target's side of a threshold. */
export function accuracy(options: DecisionOptions = {}): Metric<Tensor, Tensor, number> {
  return {
    better: 'higher',
    statistics(output, target) {
      const { predicted, actual, isCounted } = decisionsOf('accuracy', output, target, options)
      return { sums: { right: countOf(predicted.equal(actual).and(isCounted)), count: countOf(isCounted) } }
    },
    result: (collected) => numberOf(collected, 'right') / numberOf(collected, 'count'),
  }
}
