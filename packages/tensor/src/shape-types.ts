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
