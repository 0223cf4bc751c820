// How a window slides over the spatial axes of a convolution or pooling layer: each option is one number for all axes, or one per axis.

import type { PerAxis } from '@neurite/tensor'
import { checkInteger } from './argument-checks.ts'

/** Stride, padding and dilation, one entry per spatial axis. */
export interface WindowGeometry {
  readonly stride: readonly number[]
  readonly padding: readonly number[]
  readonly dilation: readonly number[]
}

/**
 * An option as one entry per spatial axis.
 * @param option `rank` is the number of spatial axes, `least` the smallest entry allowed, by default 1.
 * @throws RangeError if a list has another length, or an entry is not an integer of at least `least`.
 */
export function perAxis(
  layer: string,
  option: { readonly name: string; readonly value: PerAxis; readonly rank: number; readonly least?: number },
): readonly number[] {
  const { name, value, rank, least = 1 } = option
  const entries = typeof value === 'number' ? Array.from({ length: rank }, () => value) : value
  if (entries?.length !== rank)
    throw new RangeError(
      `${layer}: ${name} has ${entries?.length ?? 'no'} entries; it takes one number, or ${rank}: one per spatial axis.`,
    )
  for (const entry of entries) checkInteger(layer, name, entry, least)
  return entries
}

/** @throws RangeError as `perAxis` does. */
export function windowGeometry(
  layer: string,
  options: { readonly stride: PerAxis; readonly padding: PerAxis; readonly dilation: PerAxis; readonly rank: number },
): WindowGeometry {
  const { rank } = options
  return {
    stride: perAxis(layer, { name: 'stride', value: options.stride, rank }),
    padding: perAxis(layer, { name: 'padding', value: options.padding, rank, least: 0 }),
    dilation: perAxis(layer, { name: 'dilation', value: options.dilation, rank }),
  }
}
