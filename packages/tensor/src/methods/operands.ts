import type { DType } from '../dtype.ts'
import { promote, weakDType } from '../dtype.ts'
import { TensorNode } from '../node.ts'
import type { Operand } from '../operand.ts'
import { checkWeakNumber } from '../operand.ts'
import { checkOperand } from '../operand-checks.ts'
import type { Shape } from '../shape.ts'
import { broadcastShapes } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** Attributes of the primitives that have none. */
export const none: Record<never, never> = {}

/** How operands come to one shape and one dtype before a primitive is applied to them. */
export abstract class OperandMethods<S extends Shape, D extends DType> extends TensorNode<S, D> {
  /** Float to integer truncates towards zero and saturates (NaN is 0); to bool: not 0. */
  cast<S extends Shape, E extends DType>(this: Tensor<S>, dtype: E): Tensor<S, E> {
    return this.dtype === dtype ? this : this.bind('cast', [this], { dtype })
  }

  /** @internal `where(this, a, b)`, for methods, which cannot call functions that make nodes. */
  choose(this: Tensor, a: Operand, b: Operand): Tensor {
    for (const operand of [a, b]) checkOperand('where', operand)
    const dtype = choiceDType(a, b)
    let shape: Shape = this.shape
    if (typeof a !== 'number') shape = broadcastShapes('where', shape, a.shape)
    if (typeof b !== 'number') shape = broadcastShapes('where', shape, b.shape)
    const condition = this.cast('bool').broadcastTo(shape)
    return this.bind(
      'select',
      [condition, this.settled('where', a, shape, dtype), this.settled('where', b, shape, dtype)],
      none,
    )
  }

  /** This and another operand, brought to one shape and dtype. */
  protected align(
    this: Tensor,
    operation: string,
    other: Operand,
    resultDType?: (dtype: DType) => DType,
  ): [left: Tensor, right: Tensor] {
    checkOperand(operation, other)
    const isNumber = typeof other === 'number'
    const met = promote(this.dtype, isNumber ? weakDType(other, this.dtype) : other.dtype)
    const dtype = resultDType === undefined ? met : resultDType(met)
    const shape = isNumber ? this.shape : broadcastShapes(operation, this.shape, other.shape)
    return [this.settled(operation, this, shape, dtype), this.settled(operation, other, shape, dtype)]
  }

  /** An operand in the result's shape and dtype. */
  private settled(this: Tensor, operation: string, operand: Operand, shape: Shape, dtype: DType): Tensor {
    if (typeof operand !== 'number') return operand.cast(dtype).broadcastTo(shape)
    checkWeakNumber(operation, operand, dtype)
    return this.filled(operand, shape, dtype)
  }

  /** A tensor whose elements are all `value`. */
  protected filled(this: Tensor, value: number, shape: Shape, dtype: DType): Tensor {
    return this.bind('constant', [], { shape, dtype, value })
  }
}

function choiceDType(a: Operand, b: Operand): DType {
  if (typeof a === 'number') {
    if (typeof b !== 'number') return promote(weakDType(a, b.dtype), b.dtype)
    return 'float32'
  }
  return promote(a.dtype, typeof b === 'number' ? weakDType(b, a.dtype) : b.dtype)
}
