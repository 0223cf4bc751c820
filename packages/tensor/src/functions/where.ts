import type { DType, Promote } from '../dtype.ts'
import type { Operand, OperandDType } from '../operand.ts'
import type { Shape } from '../shape.ts'
import type { Broadcast } from '../shape-types/broadcast.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'

/**
 * `a` where the condition holds (is not 0), else `b`; all three are broadcast, `a` and `b` promoted. Two numbers give float32.
 * @throws ShapeError if the shapes cannot be broadcast.
 */
export function where<C extends Shape, A extends Operand, B extends Operand>(
  condition: Tensor<C>,
  a: A & Fits<Joined<C, A>>,
  b: B & Fits<Joined<Joined<C, A>, B>>,
): Tensor<ResultShape<Joined<Joined<C, A>, B>>, ChosenDType<A, B>> {
  return (condition as Tensor).choose(a, b)
}

type Joined<S, O extends Operand> = S extends Shape ? (O extends Tensor<infer T> ? Broadcast<S, T> : S) : S

type ChosenDType<A extends Operand, B extends Operand> =
  A extends Tensor<Shape, infer D extends DType>
    ? Promote<D, OperandDType<B, D>>
    : B extends Tensor<Shape, infer E extends DType>
      ? Promote<E, OperandDType<A, E>>
      : 'float32'
