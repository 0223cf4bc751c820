import type { AnyShape, Shape } from '../shape.ts'
import type { AxesOf, EachOf } from './axis.ts'
import type { IsUnknown } from './mismatch.ts'

/** The shape without the axes (all by default), or with size 1 in their place. */
export type Reduce<
  S extends Shape,
  Axes extends number | readonly number[] | undefined,
  Keep extends boolean = false,
> = boolean extends Keep
  ? AnyShape
  : Axes extends number | readonly number[]
    ? IsUnknown<S, EachOf<Axes>> extends true
      ? AnyShape
      : ReduceAxes<S, AxesOf<S, Axes>, Keep>
    : Keep extends true
      ? IsUnknown<S> extends true
        ? AnyShape
        : { -readonly [Axis in keyof S]: 1 }
      : []

// `Positions` is a union of texts. Where it contains a mismatch, that is the result.
type ReduceAxes<S extends Shape, Positions, Keep extends boolean> = [Positions] extends [string]
  ? Without<S, Positions, Keep>
  : Exclude<Positions, string>

type Without<
  S extends Shape,
  Positions,
  Keep extends boolean,
  Out extends Shape = [],
  Before extends Shape = [],
> = S extends readonly [infer Size extends number, ...infer Rest extends Shape]
  ? Without<
      Rest,
      Positions,
      Keep,
      `${Before['length']}` extends Positions ? (Keep extends true ? [...Out, 1] : Out) : [...Out, Size],
      [...Before, 0]
    >
  : Out
