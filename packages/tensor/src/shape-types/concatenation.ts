import type { DType, Promote } from '../dtype.ts'
import type { AnyShape, Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import type { Add } from './arithmetic.ts'
import type { AxisOf, WithSize } from './axis.ts'
import type { AreEqual } from './contraction.ts'
import type { IsUnknown, ShapeMismatch, Show } from './mismatch.ts'
import type { InsertAxis } from './movement.ts'

/** Shapes of a list of tensors. */
export type ShapesOf<Tensors extends readonly Tensor[]> = {
  [I in keyof Tensors]: Tensors[I] extends Tensor<infer S> ? S : never
}

/** The dtype in which all tensors of a list meet. */
export type PromoteAll<Tensors extends readonly Tensor[]> = Tensors extends readonly [
  Tensor<AnyShape, infer D extends DType>,
  ...infer Rest extends readonly Tensor[],
]
  ? Rest extends readonly []
    ? D
    : Promote<D, PromoteAll<Rest>>
  : Tensors[number] extends Tensor<AnyShape, infer D extends DType>
    ? D
    : never

/** Shapes one after the other along an axis; all other sizes are equal. */
export type Concatenate<Shapes extends readonly Shape[], Axis extends number> = Shapes extends readonly [
  infer First extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? IsUnknown<First, Axis> extends true
    ? AnyShape
    : AxisOf<First, Axis> extends infer At
      ? At extends string
        ? Joined<First, Rest, At>
        : At
      : never
  : Shapes extends readonly (infer S extends Shape)[]
    ? IsUnknown<S, Axis> extends true
      ? AnyShape
      : WithSize<S, AxisOf<S, Axis>, number>
    : AnyShape

type Joined<First extends Shape, Rest extends readonly Shape[], At extends string> = Rest extends readonly [
  infer Next extends Shape,
  ...infer Further extends readonly Shape[],
]
  ? number extends Next['length']
    ? AnyShape
    : AgreeBesides<First, Next, At> extends true
      ? Joined<SumAt<First, Next, At>, Further, At>
      : ShapeMismatch<`concatenate: ${Show<First>} and ${Show<Next>} differ besides axis ${At}`>
  : { -readonly [Axis in keyof First]: First[Axis] }

type SumAt<A extends Shape, B extends Shape, At> = {
  -readonly [Axis in keyof A]: Axis extends At
    ? Axis extends keyof B
      ? Add<A[Axis] & number, B[Axis] & number>
      : never
    : KnownOf<A[Axis], Axis extends keyof B ? B[Axis] : never>
}

// Sizes that agree: the literal one, where only one is known.
type KnownOf<A, B> = number extends A ? B & number : A & number

type AgreeBesides<A extends Shape, B extends Shape, At> = A['length'] extends B['length']
  ? false extends { [Axis in keyof A]: Axis extends At ? true : AreEqual<A[Axis], B[Axis & keyof B] & number> }[number]
    ? false
    : true
  : false

/** Equal shapes along a new axis. */
export type Stack<Shapes extends readonly Shape[], Axis extends number> = Shapes extends readonly [
  infer First extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? AllFit<First, Rest> extends infer Wrong
    ? [Wrong] extends [never]
      ? InsertAxis<First, Axis, Shapes['length'] & number>
      : Wrong
    : never
  : Shapes extends readonly (infer S extends Shape)[]
    ? InsertAxis<S, Axis, number>
    : AnyShape

type AllFit<First extends Shape, Rest extends readonly Shape[]> = Rest extends readonly [
  infer Next extends Shape,
  ...infer Further extends readonly Shape[],
]
  ? number extends First['length'] | Next['length']
    ? never
    : AgreeBesides<First, Next, never> extends true
      ? AllFit<First, Further>
      : ShapeMismatch<`stack: shapes differ: ${Show<First>} and ${Show<Next>}`>
  : never
