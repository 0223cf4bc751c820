import { full, type Shape, sizeOf, type Tensor } from '@neurite/tensor'
import { checkSameShape } from './decisions.ts'
import { type Metric, numberOf } from './metric.ts'

/**
 * Coefficient of determination: the share of the targets' variance that the outputs explain.
 *
 *     R² = 1 − Σ (y − ŷ)² / Σ (y − mean y)²
 *
 * Outputs and targets [N] or [N, D]; of several columns the mean of each one's. 1 is perfect, 0 as good as the targets' mean, and
 * anything worse negative. NaN or −∞ where the targets of a column are all equal.
 */
export function rSquared(): Metric<Tensor, Tensor, number> {
  return {
    better: 'higher',
    statistics(output, target) {
      checkSameShape('rSquared', output, target)
      const rows: number = (output.shape as Shape)[0] ?? 1
      const columns = rows === 0 ? 0 : sizeOf(output.shape as Shape) / rows
      const [predicted, actual] = [output, target].map((x): Tensor => x.cast('float64').reshape([rows, columns])) as [
        Tensor,
        Tensor,
      ]
      return {
        sums: {
          residual: actual.subtract(predicted).square().sum(0),
          total: actual.sum(0),
          squares: actual.square().sum(0),
          count: full([], rows, 'int32'),
        },
      }
    },
    result(collected) {
      const count = numberOf(collected, 'count')
      const [residual, total, squares] = [collected.residual!, collected.total!, collected.squares!]
      const shares = Array.from(residual, (left, column) => {
        const variation = squares[column]! - total[column]! ** 2 / count
        // What is left of the difference of equal numbers is rounding.
        return 1 - left / (variation > count * Number.EPSILON * squares[column]! ? variation : 0)
      })
      return shares.reduce((sum, share) => sum + share, 0) / shares.length
    },
  }
}
