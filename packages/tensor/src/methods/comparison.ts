import type { DType } from '../dtype.ts'
import { isFloating } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { Joined, Joining, Operand, PromotedBy } from '../operand.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { ElementwiseMethods } from './elementwise.ts'
import { none } from './operands.ts'

/** Comparisons, which give bools, and operations on bools and on the bits of integers. */
export abstract class ComparisonMethods<S extends Shape, D extends DType> extends ElementwiseMethods<S, D> {
  less<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.bind('less', this.align('less', other), none)
  }

  lessEqual<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.bind('lessEqual', this.align('lessEqual', other), none)
  }

  greater<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.bind('less', this.align('greater', other).reverse(), none)
  }

  greaterEqual<S extends Shape, O extends Operand>(
    this: Tensor<S>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, 'bool'> {
    return this.bind('lessEqual', this.align('greaterEqual', other).reverse(), none)
  }

  equal<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.bind('equal', this.align('equal', other), none)
  }

  notEqual<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.bind('equal', this.align('notEqual', other), none).not()
  }

  // --- bits: logical on bools, bitwise on integers ---

  and<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('and', this.align('and', other), none)
  }

  or<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('or', this.align('or', other), none)
  }

  xor<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('xor', this.align('xor', other), none)
  }

  /** @throws DTypeError for floats. */
  not<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    if (isFloating(this.dtype))
      throw new DTypeError(`not: takes bools and integers, not ${this.dtype}. Compare first, as in x.notEqual(0)?`)
    const ones = this.dtype === 'bool' ? 1 : this.dtype === 'uint8' ? 255 : -1
    return this.bind('xor', [this, this.filled(ones, this.shape, this.dtype)], none)
  }

  shiftLeft<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('shiftLeft', this.align('shiftLeft', other), none)
  }

  /** Fills with zeros from the left, as `>>>` does. */
  shiftRight<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('shiftRightLogical', this.align('shiftRight', other), none)
  }
}
