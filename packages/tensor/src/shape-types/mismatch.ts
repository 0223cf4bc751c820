// What the compiler knows about shapes. Sizes are literals where known and `number` where not; a shape of unknown rank is `AnyShape`.
// A shape that cannot be is a ShapeMismatch, whose message begins like the one at run time.

import type { AnyShape, Shape } from '../shape.ts'

declare const mismatch: unique symbol

/** Stands in the place of a shape that cannot be; the message says why. */
export interface ShapeMismatch<Message extends string> {
  readonly [mismatch]: Message
}

/**
 * Added to the type of an argument: nothing where the result is a shape, else the mismatch, which no argument has.
 * It names the message and not `Result`, from whose insides the compiler would infer the argument's type.
 */
export type Fits<Result> = Result extends ShapeMismatch<infer Message> ? ShapeMismatch<Message> : unknown

/** The result where it is a shape. */
export type ResultShape<Result> = Result extends Shape ? Result : never

/** A shape as given to a function: literal sizes where they are known, `AnyShape` for a list of unknown length. */
export type Sized<S extends Shape> = number extends S['length'] ? AnyShape : { -readonly [Axis in keyof S]: S[Axis] }

/**
 * True where the compiler cannot tell the result: an argument (an axis, a list's length) or the shape's rank is unknown.
 * Arguments are asked first, so that a call with unknown ones is allowed where the shape is a type parameter.
 */
export type IsUnknown<S extends Shape, Arguments extends number = never> = number extends Arguments
  ? true
  : number extends S['length']
    ? true
    : false

/** `[32, 784]`, as errors and `toString` show shapes. */
export type Show<S extends Shape> = `[${Joined<S>}]`

type Joined<S extends Shape, Text extends string = ''> = S extends readonly [
  infer Size extends number,
  ...infer Rest extends Shape,
]
  ? Joined<Rest, Text extends '' ? `${Size}` : `${Text}, ${Size}`>
  : Text
