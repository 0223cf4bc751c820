import type { Counted, DType } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import { normalizeAxis } from '../../shape.ts'
import type { Fits } from '../../shape-types/mismatch.ts'
import type { Reduce } from '../../shape-types/reduction.ts'
import type { Tensor } from '../../tensor.ts'
import { type Scanned, scan } from './scan.ts'

/** Each element and all before it along an axis, added. Bools and uint8 are summed as int32. */
export function cumulativeSum<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
): Tensor<S, Counted<D>> {
  const at = normalizeAxis('cumulativeSum', axis, x.rank)
  const combine = ([earlier]: Scanned, [later]: Scanned): Scanned => [earlier!.add(later!)]
  return scan([counted(x)], { axis: at, identity: [0], combine })[0]!
}

/** Each element and all before it along an axis, multiplied. Bools and uint8 are multiplied as int32. */
export function cumulativeProduct<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
): Tensor<S, Counted<D>> {
  const at = normalizeAxis('cumulativeProduct', axis, x.rank)
  const combine = ([earlier]: Scanned, [later]: Scanned): Scanned => [earlier!.multiply(later!)]
  return scan([counted(x)], { axis: at, identity: [1], combine })[0]!
}

function counted(x: Tensor): Tensor {
  return x.dtype === 'bool' || x.dtype === 'uint8' ? x.cast('int32') : x
}
