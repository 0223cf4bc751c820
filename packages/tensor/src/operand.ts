import type { DType, Promote, WeakDType } from './dtype.ts'
import { DTypeError } from './errors.ts'
import type { Shape } from './shape.ts'
import type { Broadcast } from './shape-types/broadcast.ts'
import type { Fits, ResultShape } from './shape-types/mismatch.ts'
import type { Tensor } from './tensor.ts'

/** What can stand beside a tensor: another tensor, or a number that takes the tensor's dtype. */
export type Operand = Tensor | number

/** Dtype that an operand brings to a tensor of dtype `D`. */
export type OperandDType<O extends Operand, D extends DType> =
  O extends Tensor<Shape, infer E> ? E : WeakDType<O & number, D>

/** Dtype of a tensor of dtype `D` and an operand together. */
export type PromotedBy<D extends DType, O extends Operand> = Promote<D, OperandDType<O, D>>

/** Shape of a tensor of shape `S` and an operand together. */
export type Joined<S extends Shape, O extends Operand> = O extends Tensor<infer B> ? ResultShape<Broadcast<S, B>> : S

/** The operand, if it can be broadcast with a tensor of shape `S`. */
export type Joining<S extends Shape, O extends Operand> = O extends Tensor<infer B> ? O & Fits<Broadcast<S, B>> : O

const ranges: { readonly [D in DType]?: readonly [number, number] } = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
}

/** @throws DTypeError if the integer dtype cannot hold `value`. */
export function checkWeakNumber(operation: string, value: number, dtype: DType): void {
  const range = ranges[dtype]
  if (range === undefined || (value >= range[0] && value <= range[1])) return
  throw new DTypeError(
    `${operation}: ${value} does not fit ${dtype} (${range[0]} to ${range[1]}). Cast the tensor to a larger dtype first?`,
  )
}
