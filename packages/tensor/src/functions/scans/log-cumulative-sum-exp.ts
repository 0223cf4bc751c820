import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import { normalizeAxis } from '../../shape.ts'
import type { Fits } from '../../shape-types/mismatch.ts'
import type { Reduce } from '../../shape-types/reduction.ts'
import type { Tensor } from '../../tensor.ts'
import { logAddExp } from '../elementary/logarithms.ts'
import { type Scanned, scan } from './scan.ts'

/** log Σ eˣ over each element and all before it along an axis, without overflow. */
export function logCumulativeSumExp<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
): Tensor<S, Floating<D>> {
  const at = normalizeAxis('logCumulativeSumExp', axis, x.rank)
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const combine = ([earlier]: Scanned, [later]: Scanned): Scanned => [logAddExp(earlier!, later!)]
  return scan([wide], { axis: at, identity: [-Infinity], combine })[0]!
}
