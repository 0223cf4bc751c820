// Sizes along spatial axes, given as one number for all of them or as a list: as types.

import type { PerAxis, Sized } from '@neurite/tensor'

/** Number of spatial axes. */
export type SpatialRank = 1 | 2 | 3

/** For one axis. */
export type Single<Value extends PerAxis> = Value extends number
  ? [Value]
  : Value extends readonly [number]
    ? Sized<Value>
    : [number]

/** For two axes. */
export type Pair<Value extends PerAxis> = Value extends number
  ? [Value, Value]
  : Value extends readonly [number, number]
    ? Sized<Value>
    : [number, number]

/** For three axes. */
export type Triple<Value extends PerAxis> = Value extends number
  ? [Value, Value, Value]
  : Value extends readonly [number, number, number]
    ? Sized<Value>
    : [number, number, number]
