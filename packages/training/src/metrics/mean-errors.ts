import { full, type Shape, sizeOf, type Tensor } from '@neurite/tensor'
import { checkSameShape } from './decisions.ts'
import { type Metric, numberOf } from './metric.ts'

/** Mean of |output − target| over all elements. */
export function meanAbsoluteError(): Metric<Tensor, Tensor, number> {
  return meanOf('meanAbsoluteError', (error) => error.absolute())
}

/** Mean of (output − target)² over all elements. */
export function meanSquaredError(): Metric<Tensor, Tensor, number> {
  return meanOf('meanSquaredError', (error) => error.square())
}

/** Square root of the mean of (output − target)² over all elements of the epoch. */
export function rootMeanSquaredError(): Metric<Tensor, Tensor, number> {
  return meanOf('rootMeanSquaredError', (error) => error.square(), Math.sqrt)
}

function meanOf(
  name: string,
  penalty: (error: Tensor) => Tensor,
  finish: (mean: number) => number = (mean) => mean,
): Metric<Tensor, Tensor, number> {
  return {
    better: 'lower',
    statistics(output, target) {
      checkSameShape(name, output, target)
      const error = output.cast('float64').subtract(target.cast('float64'))
      return { sums: { total: penalty(error).sum(), count: full([], sizeOf(output.shape as Shape), 'int32') } }
    },
    result: (collected) => finish(numberOf(collected, 'total') / numberOf(collected, 'count')),
  }
}
