import type { Shape } from '../shape.ts'
import type { AxesOf } from './axis.ts'

/** The shape without the axes (all by default), or with size 1 in their place. */
export type Reduce<
  S extends Shape,
  Axes extends number | readonly number[] | undefined,
  Keep extends boolean = false,
> = boolean extends Keep
  ? any
  : Axes extends number | readonly number[]
    ? // Asked before anything about the shape, so that an unknown axis is allowed where the shape is a type parameter.
      IsUnknown<Axes> extends true
      ? any
      : number extends S['length']
        ? any
        : ReduceAxes<S, AxesOf<S, Axes>, Keep>
    : Keep extends true
      ? number extends S['length']
        ? any
        : { -readonly [Axis in keyof S]: 1 }
      : []

type IsUnknown<Axes extends number | readonly number[]> = number extends Axes
  ? true
  : Axes extends readonly number[]
    ? number extends Axes['length'] | Axes[number]
      ? true
      : false
    : false

// `Positions` is a union of texts. Where it contains a mismatch, that is the result; where an axis is unknown, the rank is too.
type ReduceAxes<S extends Shape, Positions, Keep extends boolean> = [Positions] extends [string]
  ? string extends Positions
    ? any
    : Without<S, Positions, Keep>
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
