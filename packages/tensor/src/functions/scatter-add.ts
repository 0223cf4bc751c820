import { bind } from '../bind.ts'
import { isFloating } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { normalizeAxis } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

export interface ScatterAddOptions {
  /** Axis of the result that the indices point along. */
  readonly axis: number
  /** Its size. */
  readonly size: number
}

/**
 * Zeros to which `updates` are added where `indices` say: the adjoint of `take`.
 *
 * updates [...before, ...indices.shape, ...after] → [...before, size, ...after]. Equal indices add up.
 */
export function scatterAdd(updates: Tensor, indices: Tensor, options: ScatterAddOptions): Tensor {
  if (isFloating(indices.dtype) || indices.dtype === 'bool')
    throw new DTypeError(`scatterAdd: indices must be integers, not ${indices.dtype}. Cast them to int32?`)
  const axis = normalizeAxis('scatterAdd', options.axis, updates.rank - indices.rank + 1)
  return bind('scatterAdd', [updates, indices.cast('int32')], { axis, size: options.size })
}
