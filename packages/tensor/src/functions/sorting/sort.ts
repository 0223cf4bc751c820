import type { DType } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import { normalizeAxis } from '../../shape.ts'
import type { Fits } from '../../shape-types/mismatch.ts'
import type { Reduce } from '../../shape-types/reduction.ts'
import type { Tensor } from '../../tensor.ts'
import type { ValuesAndIndices } from '../values-and-indices.ts'
import { sortingNetwork } from './sorting-network.ts'

export interface SortOptions {
  /** The largest first. Default false. */
  readonly descending?: boolean
}

/**
 * The elements in order along an axis, and the positions that they had (int32).
 *
 * Equal elements keep their order; NaN counts as the largest. The gradient goes to the elements themselves.
 */
export function sort<S extends Shape, D extends DType, Axis extends number>(
  x: Tensor<S, D>,
  axis: Axis & Fits<Reduce<S, Axis>>,
  options: SortOptions = {},
): ValuesAndIndices<S, D> {
  const at = normalizeAxis('sort', axis, x.rank)
  const indices = order(x, at, options)
  return { values: (x as Tensor).takeAlongAxis(indices, at), indices } as ValuesAndIndices<S, D>
}

/** The positions (int32) of the elements in order along an axis: x.takeAlongAxis(argSort(x, axis), axis) is sorted. */
export function argSort<S extends Shape, Axis extends number>(
  x: Tensor<S>,
  axis: Axis & Fits<Reduce<S, Axis>>,
  options: SortOptions = {},
): Tensor<S, 'int32'> {
  return order(x, normalizeAxis('argSort', axis, x.rank), options)
}

function order(x: Tensor, axis: number, { descending = false }: SortOptions): Tensor {
  const last = x.rank - 1
  const keys = x.stopGradient().transpose(axis, last)
  return sortingNetwork(keys, descending).transpose(axis, last)
}
