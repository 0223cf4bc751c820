// What layers do to shapes, as types, so that `Sequential` can follow a shape through them. TypeScript cannot apply a generic
// method's type to an argument's, so a layer states its shape rule a second time, as an interface that computes `output`.

import type { AnyShape, DType, Shape, ShapeMismatch, Tensor } from '@neurite/tensor'

/** A function from shapes to shapes or to a ShapeMismatch: an interface that extends this and computes `output` from `this['input']`. */
export interface ShapeFunction {
  readonly input: unknown
  readonly output: unknown
}

/** Implemented by layers that know their effect on shapes: `declare readonly shapes?: …`, which leaves nothing at run time. */
export interface Shaped<F extends ShapeFunction> {
  readonly shapes?: F
}

/** The function of a layer that keeps the shape. */
export interface SameShape extends ShapeFunction {
  readonly output: this['input']
}

/** What becomes of shape `S` in `Stage`, a layer or a plain function; `any` where its type does not say. */
export type ShapeThrough<Stage, S extends Shape> =
  Stage extends Shaped<infer F>
    ? F extends ShapeFunction
      ? (F & { readonly input: S })['output']
      : ThroughFunction<ForwardOf<Stage>, S>
    : ThroughFunction<ForwardOf<Stage>, S>

type ForwardOf<Stage> = Stage extends { forward(input: never): unknown } ? Stage['forward'] : Stage

type ThroughFunction<F, S extends Shape> = F extends (input: never) => Tensor<infer Result>
  ? IsAny<Result> extends true
    ? AnyShape
    : F extends <T extends Shape, D extends DType>(input: Tensor<T, D>) => Tensor<T>
      ? S
      : Result
  : AnyShape

/** What becomes of shape `S` in one stage after the other, or the first mismatch. */
export type ShapeThroughAll<Stages extends readonly unknown[], S extends Shape> = Stages extends readonly [
  infer First,
  ...infer Rest,
]
  ? ShapeThrough<First, S> extends infer Next
    ? Next extends ShapeMismatch<string>
      ? Next
      : Next extends Shape
        ? ShapeThroughAll<Rest, Next>
        : never
    : never
  : S

type IsAny<T> = 0 extends 1 & T ? true : false
