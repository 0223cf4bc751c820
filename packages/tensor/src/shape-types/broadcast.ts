import type { AnyShape, Shape } from '../shape.ts'
import type { ShapeMismatch, Show, Sized } from './mismatch.ts'

/** The common shape of two operands: axes aligned at the end; sizes equal, or one of them 1. */
export type Broadcast<A extends Shape, B extends Shape> = number extends A['length'] | B['length']
  ? AnyShape
  : [A, B] extends [B, A]
    ? Sized<A>
    : Aligned<A, B>

type Aligned<A extends Shape, B extends Shape, Out extends Shape = []> = A extends readonly [
  ...infer RestA extends Shape,
  infer SizeA extends number,
]
  ? B extends readonly [...infer RestB extends Shape, infer SizeB extends number]
    ? CommonSize<SizeA, SizeB> extends infer Size extends number
      ? Aligned<RestA, RestB, [Size, ...Out]>
      : ShapeMismatch<`cannot broadcast ${SizeA} with ${SizeB}`>
    : [...A, ...Out]
  : [...B, ...Out]

/** `undefined` where the sizes differ and neither is 1. */
type CommonSize<A extends number, B extends number> = A extends 1
  ? B
  : B extends 1
    ? A
    : number extends A
      ? B
      : number extends B
        ? A
        : A extends B
          ? A
          : undefined

/** `To`, if `S` can be broadcast to it. */
export type BroadcastTo<S extends Shape, To extends Shape> = number extends S['length']
  ? Sized<To>
  : number extends To['length']
    ? AnyShape
    : Broadcast<S, To> extends infer Common
      ? [Common] extends [To]
        ? Sized<To>
        : ShapeMismatch<`broadcast: ${Show<S>} does not fit ${Show<To>}`>
      : never
