import type { AnyShape, Shape } from '../shape.ts'
import type { Broadcast } from './broadcast.ts'
import type { ShapeMismatch, Show } from './mismatch.ts'

/** NumPy's rules: matrices in the last two axes, leading axes broadcast, a vector is a row on the left and a column on the right. */
export type MatMul<A extends Shape, B extends Shape> = number extends A['length'] | B['length']
  ? AnyShape
  : A extends readonly [...infer BeforeA extends Shape, infer InnerA extends number]
    ? B extends readonly [infer InnerB extends number]
      ? AreEqual<InnerA, InnerB> extends true
        ? BeforeA
        : ShapeMismatch<InnerSizesDiffer<A, B, InnerA, InnerB>>
      : B extends readonly [...infer BatchB extends Shape, infer InnerB extends number, infer Columns extends number]
        ? AreEqual<InnerA, InnerB> extends true
          ? BeforeA extends readonly [...infer BatchA extends Shape, infer Rows extends number]
            ? MatrixProduct<Broadcast<BatchA, BatchB>, Rows, Columns>
            : [...BatchB, Columns]
          : ShapeMismatch<InnerSizesDiffer<A, B, InnerA, InnerB>>
        : ShapeMismatch<NeedsAxes<A, B>>
    : ShapeMismatch<NeedsAxes<A, B>>

type MatrixProduct<Batch, Rows extends number, Columns extends number> = Batch extends Shape
  ? [...Batch, Rows, Columns]
  : Batch

type InnerSizesDiffer<
  A extends Shape,
  B extends Shape,
  InnerA extends number,
  InnerB extends number,
> = `matmul: inner sizes differ: ${Show<A>} × ${Show<B>} (${InnerA} ≠ ${InnerB})`

type NeedsAxes<A extends Shape, B extends Shape> = `matmul: operands need at least 1 axis: ${Show<A>} × ${Show<B>}`

/** Whether two sizes are, or may be, equal. */
export type AreEqual<A extends number, B extends number> = number extends A
  ? true
  : number extends B
    ? true
    : A extends B
      ? true
      : false

/** The scalar product of two vectors. */
export type Dot<A extends Shape, B extends Shape> = number extends A['length'] | B['length']
  ? []
  : [A, B] extends [readonly [infer SizeA extends number], readonly [infer SizeB extends number]]
    ? AreEqual<SizeA, SizeB> extends true
      ? []
      : ShapeMismatch<`dot: sizes differ: ${Show<A>} · ${Show<B>}`>
    : ShapeMismatch<`dot: takes two vectors, not ${Show<A>} and ${Show<B>}`>
