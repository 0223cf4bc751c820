import type { DType, Floating } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Fits } from '../../shape-types/mismatch.ts'
import type { Reduce } from '../../shape-types/reduction.ts'
import type { Tensor } from '../../tensor.ts'
import { norm } from './norm.ts'

export interface NormalizeOptions {
  /** p of the norm, default 2. */
  readonly order?: number
  /** The norm counts as at least this. Default 1e-12. */
  readonly epsilon?: number
}

/** x divided by its norm along an axis, so that the norm becomes 1. */
export function normalize<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
  options: NormalizeOptions = {},
): Tensor<S, Floating<D>> {
  const { order = 2, epsilon = 1e-12 } = options
  const length: Tensor = norm(x as Tensor, axis as number, { order, keepAxes: true })
  return (x as Tensor).divide(length.clamp({ min: epsilon }))
}
