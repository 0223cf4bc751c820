import { iota } from '../../create.ts'
import type { DType } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import { normalizeAxis } from '../../shape.ts'
import type { Fits } from '../../shape-types/mismatch.ts'
import type { Reduce } from '../../shape-types/reduction.ts'
import type { Tensor } from '../../tensor.ts'
import { areNaN } from '../elementary/not-a-number.ts'
import type { ValuesAndIndices } from '../values-and-indices.ts'
import { type Scanned, scan } from './scan.ts'

/** The largest of each element and all before it along an axis, of equal ones the last; NaN from the first NaN on. */
export function cumulativeMaximum<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
): ValuesAndIndices<S, D> {
  const indices = runningExtremum('cumulativeMaximum', x, axis, (earlier, later) => earlier.lessEqual(later))
  return { values: (x as Tensor).takeAlongAxis(indices, axis as number), indices } as ValuesAndIndices<S, D>
}

/** The smallest of each element and all before it along an axis, of equal ones the last; NaN from the first NaN on. */
export function cumulativeMinimum<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
): ValuesAndIndices<S, D> {
  const indices = runningExtremum('cumulativeMinimum', x, axis, (earlier, later) => later.lessEqual(earlier))
  return { values: (x as Tensor).takeAlongAxis(indices, axis as number), indices } as ValuesAndIndices<S, D>
}

/** Positions of the extrema; `wins` says where a later element takes the place of an earlier one. */
function runningExtremum(
  operation: string,
  x: Tensor,
  axis: number,
  wins: (earlier: Tensor, later: Tensor) => Tensor,
): Tensor {
  const along = normalizeAxis(operation, axis, x.rank)
  const shape: Shape = x.shape
  const positions: Tensor = iota(shape, along)
  // Before the first element there is nothing, which position −1 says.
  const combine = ([before, at]: Scanned, [later, here]: Scanned): Scanned => {
    const isBetter = wins(before!, later!).or(areNaN(later!))
    // What NaN has begun no number ends.
    const takes = at!.less(0).or(isBetter.and(areNaN(before!).not().or(areNaN(later!))))
    return [takes.choose(later!, before!), takes.choose(here!, at!)]
  }
  const [, indices] = scan([x.stopGradient(), positions], { axis: along, identity: [0, -1], combine })
  return indices!
}
