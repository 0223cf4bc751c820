import type { Shape } from '../shape.ts'
import type { ShapeMismatch } from './mismatch.ts'

/** Positions of a shape's axes as text: `'0' | '1'`. */
export type Positions<S extends readonly unknown[]> = Extract<keyof S, `${number}`>

/** An axis, which is known, as text, counted from the start; a mismatch if it is out of range. */
export type AxisOf<S extends Shape, Axis extends number> =
  `${Axis}` extends Positions<S>
    ? `${Axis}`
    : `${Axis}` extends `-${infer Back extends number}`
      ? FromEnd<S, Back, Axis, S['length']>
      : ShapeMismatch<OutOfRange<Axis, S['length']>>

/** The axes given, as a union; `number` if one of them, or how many there are, is unknown. */
export type EachOf<Axes extends number | readonly number[]> = Axes extends readonly number[]
  ? Axes[number] | (number extends Axes['length'] ? number : never)
  : Axes

/** Axes as a union of texts: one axis, or a list. */
export type AxesOf<S extends Shape, Axes extends number | readonly number[]> = Axes extends number
  ? AxisOf<S, Axes>
  : Axes extends readonly (infer Each extends number)[]
    ? EachAxis<S, Each>
    : never

type EachAxis<S extends Shape, Axis extends number> = Axis extends number ? AxisOf<S, Axis> : never

// Only the text has a name of its own: a named mismatch would be shown in errors by that name instead of by its text.
type OutOfRange<Axis extends number, Rank extends number> = `axis ${Axis} is out of range for ${Rank} axes`

type FromEnd<
  S extends Shape,
  Back extends number,
  Axis extends number,
  Rank extends number,
  Dropped extends unknown[] = [],
> = Dropped['length'] extends Back
  ? `${S['length']}`
  : S extends readonly [...infer Front extends Shape, number]
    ? FromEnd<Front, Back, Axis, Rank, [...Dropped, unknown]>
    : ShapeMismatch<OutOfRange<Axis, Rank>>

/** The shape with the size of an axis (as text) replaced. */
export type WithSize<S extends Shape, Axis, Size extends number> = {
  -readonly [Position in keyof S]: Position extends Axis ? Size : S[Position]
}

/** The shape with an axis (as text) replaced by any number of axes. */
export type WithAxes<
  S extends Shape,
  Axis,
  Instead extends Shape,
  Out extends Shape = [],
  Before extends Shape = [],
> = S extends readonly [infer Size extends number, ...infer Rest extends Shape]
  ? WithAxes<
      Rest,
      Axis,
      Instead,
      `${Before['length']}` extends Axis ? [...Out, ...Instead] : [...Out, Size],
      [...Before, 0]
    >
  : Out
