// What the compiler knows about shapes. Sizes are literals where known and `number` where not; a shape of unknown rank is `any`.

import type { Shape } from './shape.ts'

declare const mismatch: unique symbol

/** Stands in the place of a shape that cannot be; the message says why. */
export interface ShapeMismatch<Message extends string> {
  readonly [mismatch]: Message
}

/** Added to the type of an argument: nothing where the result is a shape, else the mismatch, which no argument has. */
export type Fits<Result> = Result extends ShapeMismatch<string> ? Result : unknown

/** The result where it is a shape. */
export type ResultShape<Result> = Result extends Shape ? Result : never

export type Broadcast<A extends Shape, B extends Shape> = [A, B] extends never ? never : any

/** A shape as given to a function: literal sizes where they are known, `any` for a list of unknown length. */
export type Sized<S extends Shape> = number extends S['length'] ? any : { -readonly [Axis in keyof S]: S[Axis] }

/** Numbers or booleans in lists of equal lengths, nested to any depth. */
export type NestedNumbers = number | boolean | readonly NestedNumbers[]

/** Shape of nested lists: literal lengths where a list is a tuple, `any` where the depth is unknown. */
export type NestedShape<T> = readonly NestedNumbers[] extends T
  ? any
  : T extends readonly unknown[]
    ? T extends readonly [infer First, ...unknown[]]
      ? [T['length'], ...NestedShape<First>]
      : [T['length'], ...NestedShape<T[number]>]
    : []

/** Dtype of nested lists: bool for booleans, else float32. */
export type NestedDType<T> = readonly NestedNumbers[] extends T
  ? any
  : T extends readonly (infer Element)[]
    ? NestedDType<Element>
    : T extends boolean
      ? 'bool'
      : 'float32'
