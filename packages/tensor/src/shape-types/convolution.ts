import type { AnyShape, Shape } from '../shape.ts'
import type { Add, Divide, Multiply, Subtract } from './arithmetic.ts'
import type { AreEqual } from './contraction.ts'
import type { ShapeMismatch, Show } from './mismatch.ts'

/** One number for all spatial axes, or one for each. */
export type PerAxis = number | readonly number[]

/** [N, C, ...spatial] and [O, C / groups, ...kernel] → [N, O, ...out]. */
export type Convolution<
  Operation extends string,
  X extends Shape,
  Weight extends Shape,
  Stride extends PerAxis,
  Padding extends PerAxis | 'same',
  Dilation extends PerAxis,
  Groups extends number,
> = number extends X['length'] | Weight['length']
  ? AnyShape
  : [X, Weight] extends [
        readonly [infer N extends number, infer C extends number, ...infer Lengths extends Shape],
        readonly [infer O extends number, infer InGroup extends number, ...infer Kernel extends Shape],
      ]
    ? Lengths['length'] extends Kernel['length']
      ? AreEqual<C, Multiply<InGroup, Groups>> extends true
        ? WithChannels<N, O, Windows<Operation, Lengths, Kernel, Stride, Padding, Dilation>>
        : ShapeMismatch<`${Operation}: input channels differ: ${Show<X>} with weight ${Show<Weight>} (${C} ≠ ${InGroup}${Groups extends 1 ? '' : ` · ${Groups} groups`})`>
      : ShapeMismatch<`${Operation}: ${Show<X>} and weight ${Show<Weight>} differ in their number of axes`>
    : never

/** [N, C, ...spatial] → [N, C, ...out]. */
export type Pooling<
  Operation extends string,
  X extends Shape,
  Kernel extends PerAxis,
  Stride extends PerAxis,
  Padding extends PerAxis,
  Dilation extends PerAxis,
> = number extends X['length']
  ? AnyShape
  : X extends readonly [infer N extends number, infer C extends number, ...infer Lengths extends Shape]
    ? WithChannels<N, C, Windows<Operation, Lengths, EveryAxis<Lengths, Kernel>, Stride, Padding, Dilation>>
    : never

type WithChannels<N extends number, C extends number, Spatial> = Spatial extends Shape ? [N, C, ...Spatial] : Spatial

type EveryAxis<Lengths extends Shape, Value extends PerAxis> = {
  -readonly [Axis in keyof Lengths]: EntryOf<Value, Axis>
}

type EntryOf<Value, Axis> = Value extends number ? Value : Axis extends keyof Value ? Value[Axis] & number : number

/** Number of windows along each axis; a mismatch where the kernel is larger than the padded input. */
type Windows<
  Operation extends string,
  Lengths extends Shape,
  Kernel extends Shape,
  Stride extends PerAxis,
  Padding extends PerAxis | 'same',
  Dilation extends PerAxis,
> = Padding extends 'same'
  ? Lengths
  : {
        -readonly [Axis in keyof Lengths]: WindowCount<
          PaddedLength<Lengths[Axis] & number, EntryOf<Padding, Axis>>,
          WindowLength<EntryOf<Kernel, Axis>, EntryOf<Dilation, Axis>>,
          EntryOf<Stride, Axis>
        >
      } extends infer Out extends Shape
    ? [Out[number]] extends [never]
      ? ShapeMismatch<TooLarge<Operation, Kernel, Lengths>>
      : Out extends NoneNever<Out>
        ? Out
        : ShapeMismatch<TooLarge<Operation, Kernel, Lengths>>
    : never

type NoneNever<Out extends Shape> = { [Axis in keyof Out]: [Out[Axis]] extends [never] ? 'too large' : number }

type TooLarge<
  Operation extends string,
  Kernel extends Shape,
  Lengths extends Shape,
> = `${Operation}: a kernel of ${Show<Kernel>} is larger than the input ${Show<Lengths>} with its padding`

/** L + 2·padding. */
type PaddedLength<Length extends number, Padding extends number> = Padding extends 0
  ? Length
  : Add<Length, Add<Padding, Padding>>

/** dilation·(K − 1) + 1. */
type WindowLength<Kernel extends number, Dilation extends number> = Dilation extends 1
  ? Kernel
  : Add<Multiply<Dilation, Subtract<Kernel, 1>>, 1>

/** ⌊(length − window) / stride⌋ + 1. */
type WindowCount<Length extends number, Window extends number, Stride extends number> =
  Subtract<Length, Window> extends infer Room
    ? [Room] extends [never]
      ? never
      : Add<Divide<Room & number, Stride>[0], 1>
    : never
