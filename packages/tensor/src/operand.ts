import type { DType, WeakDType } from './dtype.ts'
import { DTypeError } from './errors.ts'
import type { Tensor } from './tensor.ts'

/** What can stand beside a tensor: another tensor, or a number that takes the tensor's dtype. */
export type Operand = Tensor | number

/** Dtype that an operand brings to a tensor of dtype `D`. */
export type OperandDType<O extends Operand, D extends DType> =
  O extends Tensor<any, infer E> ? E : WeakDType<O & number, D>

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
