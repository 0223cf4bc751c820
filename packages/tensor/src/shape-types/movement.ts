import type { AnyShape, Shape } from '../shape.ts'
import type { Add, Divide, Product } from './arithmetic.ts'
import type { AxesOf, AxisOf, EachOf, Positions, WithAxes, WithSize } from './axis.ts'
import type { IsUnknown, ShapeMismatch, Show, Sized } from './mismatch.ts'

/** Axis i of the result is axis order[i]. */
export type Permute<S extends Shape, Order extends readonly number[]> =
  IsUnknown<S, Order['length'] | Order[number]> extends true
    ? AnyShape
    : Order['length'] extends S['length']
      ? PermuteTo<S, Order, AxesOf<S, Order>>
      : ShapeMismatch<`permute: order ${Show<Order>} names ${Order['length']} axes, ${Show<S>} has ${S['length']}`>

type PermuteTo<S extends Shape, Order extends readonly number[], Named> = [Named] extends [string]
  ? [Positions<S>] extends [Named]
    ? { -readonly [I in keyof Order]: SizeAt<S, AxisOf<S, Order[I] & number>> }
    : ShapeMismatch<`permute: axes ${Show<Order>} name an axis twice`>
  : Exclude<Named, string>

type SizeAt<S extends Shape, Axis> = Axis extends keyof S ? S[Axis] : never

/** Two axes exchanged. */
export type Transpose<S extends Shape, A extends number, B extends number> =
  IsUnknown<S, A | B> extends true ? AnyShape : Exchange<S, AxisOf<S, A>, AxisOf<S, B>>

type Exchange<S extends Shape, A, B> = [A | B] extends [string]
  ? { -readonly [I in keyof S]: I extends A ? SizeAt<S, B> : I extends B ? SizeAt<S, A> : S[I] }
  : Exclude<A | B, string>

/** `To` with −1 replaced by what is left; a mismatch if literal sizes do not multiply to the same number. */
export type Reshape<S extends Shape, To extends Shape> = number extends To['length']
  ? AnyShape
  : -1 extends To[number]
    ? number extends S['length']
      ? Completed<To, number>
      : Complete<S, To, Divide<Product<S>, Product<Known<To>>>>
    : number extends S['length']
      ? Sized<To>
      : number extends S[number] | To[number]
        ? Sized<To>
        : Product<S> extends Product<To>
          ? Sized<To>
          : ShapeMismatch<`reshape: ${Product<S>} elements of ${Show<S>} do not fill ${Show<To>}`>

type Complete<S extends Shape, To extends Shape, Rest> = Rest extends [
  infer Size extends number,
  infer Left extends number,
]
  ? number extends S[number] | To[number]
    ? Completed<To, number>
    : Left extends 0
      ? Completed<To, Size>
      : ShapeMismatch<`reshape: ${Product<S>} elements of ${Show<S>} do not fill ${Show<To>}`>
  : AnyShape

type Completed<To extends Shape, Size extends number> = {
  -readonly [Axis in keyof To]: To[Axis] extends -1 ? Size : To[Axis]
}

type Known<To extends Shape, Out extends Shape = []> = To extends readonly [
  infer Size extends number,
  ...infer Rest extends Shape,
]
  ? Known<Rest, Size extends -1 ? Out : [...Out, Size]>
  : Out

/** With a new axis of size 1 at position `Axis` of the result. */
export type Unsqueeze<S extends Shape, Axis extends number> = InsertAxis<S, Axis, 1>

/** With a new axis of the given size at position `Axis` of the result. */
export type InsertAxis<S extends Shape, Axis extends number, Size extends number> =
  IsUnknown<S, Axis> extends true
    ? AnyShape
    : AxisOf<[...S, Size], Axis> extends infer At
      ? At extends string
        ? Inserted<S, At, Size>
        : At
      : never

type Inserted<
  S extends Shape,
  At extends string,
  Size extends number,
  Out extends Shape = [],
> = `${Out['length']}` extends At
  ? [...Out, Size, ...S]
  : S extends readonly [infer First extends number, ...infer Rest extends Shape]
    ? Inserted<Rest, At, Size, [...Out, First]>
    : never

/** Without the axes, which have size 1; without all axes of size 1 by default. */
export type Squeeze<S extends Shape, Axes extends number | readonly number[] | undefined> = Axes extends
  | number
  | readonly number[]
  ? IsUnknown<S, EachOf<Axes>> extends true
    ? AnyShape
    : SqueezeAxes<S, AxesOf<S, Axes>>
  : IsUnknown<S, S[number]> extends true
    ? AnyShape
    : WithoutOnes<S>

type SqueezeAxes<S extends Shape, Named> = [Named] extends [string]
  ? Unequal<S, Named> extends infer Wrong extends string
    ? [Wrong] extends [never]
      ? WithAxes<S, Named, []>
      : ShapeMismatch<`squeeze: axis ${Wrong} of ${Show<S>} has size ${SizeAt<S, Wrong> & number}, not 1`>
    : never
  : Exclude<Named, string>

/** Those of the named axes whose size is known not to be 1. */
type Unequal<S extends Shape, Named> = Named extends keyof S
  ? number extends S[Named]
    ? never
    : S[Named] extends 1
      ? never
      : Named
  : never

type WithoutOnes<S extends Shape, Out extends Shape = []> = S extends readonly [
  infer Size extends number,
  ...infer Rest extends Shape,
]
  ? WithoutOnes<Rest, Size extends 1 ? Out : [...Out, Size]>
  : Out

/** The axes from `Start` to `End`, both included, as one. */
export type Flatten<S extends Shape, Start extends number, End extends number> =
  IsUnknown<S, Start | End> extends true
    ? AnyShape
    : S extends readonly []
      ? [1]
      : FlattenBetween<S, AxisOf<S, Start>, AxisOf<S, End>>

type FlattenBetween<S extends Shape, First, Last> = [First | Last] extends [string]
  ? Joined<S, First, Last>
  : Exclude<First | Last, string>

// Sizes stand in `Before` until the first axis, then in `Within` until the last.
type Joined<
  S extends Shape,
  First,
  Last,
  Before extends Shape = [],
  Within extends Shape = [],
  Position extends Shape = [],
> = S extends readonly [infer Size extends number, ...infer Rest extends Shape]
  ? [Within, `${Position['length']}` extends First ? true : false] extends [[], false]
    ? Joined<Rest, First, Last, [...Before, Size], [], [...Position, 0]>
    : `${Position['length']}` extends Last
      ? [...Before, Product<[...Within, Size]>, ...Rest]
      : Joined<Rest, First, Last, Before, [...Within, Size], [...Position, 0]>
  : ShapeMismatch<'flatten: startAxis lies behind endAxis'>

/** One axis with another size. */
export type Resize<S extends Shape, Axis extends number, Size extends number> =
  IsUnknown<S, Axis> extends true
    ? AnyShape
    : AxisOf<S, Axis> extends infer At
      ? At extends string
        ? WithSize<S, At, Size>
        : At
      : never

/** The axes at the positions that are bounded have unknown sizes. */
export type Slice<S extends Shape, Bounded> = IsUnknown<S> extends true ? AnyShape : WithSize<S, Bounded, number>

/** Sizes with padding added; unknown where something is cropped or put in between. */
export type Pad<S extends Shape, Amounts> =
  IsUnknown<S> extends true
    ? AnyShape
    : Amounts extends { readonly interior: readonly number[] }
      ? { -readonly [Axis in keyof S]: number }
      : Amounts extends { readonly low: infer Low; readonly high: infer High }
        ? {
            -readonly [Axis in keyof S]: Axis extends keyof Low & keyof High
              ? Padded<S[Axis], Low[Axis], High[Axis]>
              : number
          }
        : never

type Padded<Size, Low, High> = [Size, Low, High] extends [
  infer Length extends number,
  infer Before extends number,
  infer After extends number,
]
  ? `${Before} ${After}` extends `${string}-${string}`
    ? number
    : Add<Add<Length, Before>, After>
  : number
