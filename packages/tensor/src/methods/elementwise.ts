import type { DType, Floating } from '../dtype.ts'
import { floatingOf, isFloating, weakDType } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { Joined, Joining, Operand, PromotedBy } from '../operand.ts'
import type { UnaryName } from '../primitive.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { none, OperandMethods } from './operands.ts'

/**
 * Arithmetic and elementary functions, element by element.
 *
 * Two operands are broadcast to a common shape and promoted to a common dtype; a number takes the tensor's (`promote`).
 * Every method of two operands throws a ShapeError where the shapes cannot be broadcast.
 */
export abstract class ElementwiseMethods<S extends Shape, D extends DType> extends OperandMethods<S, D> {
  // --- arithmetic ---

  add<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('add', this.align('add', other), none)
  }

  subtract<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('subtract', this.align('subtract', other), none)
  }

  multiply<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('multiply', this.align('multiply', other), none)
  }

  /** True division: integers are divided as float32. */
  divide<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, Floating<PromotedBy<D, O>>> {
    return this.bind('divide', this.align('divide', other, floatingOf), none)
  }

  /** ⌊a / b⌋: integers stay integers, exactly. */
  floorDivide<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    const [left, right] = this.align('floorDivide', other)
    if (isFloating(left.dtype)) return left.divide(right).floor()
    // Division of integers truncates; without the remainder there is nothing to truncate.
    return this.bind('divide', [left.subtract(left.remainder(right)), right], none)
  }

  /** a − b·⌊a / b⌋: the sign of the divisor. */
  remainder<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('remainder', this.align('remainder', other), none)
  }

  power<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('power', this.align('power', other), none)
  }

  /** The larger of each pair; NaN where either is NaN. */
  maximum<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('maximum', this.align('maximum', other), none)
  }

  /** The smaller of each pair; NaN where either is NaN. */
  minimum<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.bind('minimum', this.align('minimum', other), none)
  }

  negate<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return this.bind('negate', [this], none)
  }

  absolute<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return this.bind('absolute', [this], none)
  }

  square<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return this.bind('multiply', [this, this], none)
  }

  reciprocal<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    const x = this.cast(floatingOf(this.dtype))
    return this.bind('divide', [this.filled(1, x.shape, x.dtype), x], none)
  }

  // --- elementary functions: integers and bools are cast to float32 first ---

  sqrt<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    return this.transform('sqrt')
  }

  exp<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    return this.transform('exp')
  }

  /** Natural logarithm. */
  log<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    return this.transform('log')
  }

  sin<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    return this.transform('sin')
  }

  cos<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    return this.transform('cos')
  }

  tanh<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    return this.transform('tanh')
  }

  /** 1 / (1 + e⁻ˣ). */
  sigmoid<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    return this.transform('sigmoid')
  }

  /** The error function 2/√π · ∫₀ˣ e⁻ᵗ² dt. */
  erf<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    return this.transform('erf')
  }

  /** log(1 + x), accurate where x is small. */
  log1p<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    const x: Tensor = this.cast(floatingOf(this.dtype))
    const sum = x.add(1)
    // What rounding `sum` lost, to first order. Beyond |x| = 1 nothing is lost, and infinities would give NaN.
    const lost = x.subtract(sum.subtract(1)).divide(sum)
    return sum.log().add(x.absolute().less(1).choose(lost, 0).stopGradient())
  }

  /** eˣ − 1 = tanh(x / 2) · (eˣ + 1), accurate where x is small. */
  expm1<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, Floating<D>> {
    const x: Tensor = this.cast(floatingOf(this.dtype))
    return x.multiply(0.5).tanh().multiply(x.exp().add(1))
  }

  // --- rounding: integers stay as they are ---

  floor<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return isFloating(this.dtype) ? this.bind('floor', [this], none) : this
  }

  /** To the nearest integer, ties to the even one. */
  round<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return isFloating(this.dtype) ? this.bind('round', [this], none) : this
  }

  ceil<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return isFloating(this.dtype) ? this.negate().floor().negate() : this
  }

  /** Towards zero. */
  truncate<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return isFloating(this.dtype) ? this.less(0).choose(this.ceil(), this.floor()) : this
  }

  /** −1, 0 or 1; 0 for NaN. */
  sign<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    if (this.dtype === 'bool') return this
    const positive: Tensor = this.greater(0).cast(this.dtype)
    return this.dtype === 'uint8' ? positive : positive.subtract(this.less(0).cast(this.dtype))
  }

  /**
   * `min` where smaller, `max` where larger. The gradient passes at the bounds themselves.
   * @throws DTypeError if a bound has a fraction and the tensor has integers.
   */
  clamp<S extends Shape, D extends DType>(
    this: Tensor<S, D>,
    bounds: { readonly min?: number; readonly max?: number },
  ): Tensor<S, D> {
    const { min, max } = bounds
    for (const bound of [min, max])
      if (bound !== undefined && weakDType(bound, this.dtype) !== this.dtype)
        throw new DTypeError(`clamp: the bound ${bound} is no ${this.dtype} value. Cast the tensor to float32 first?`)
    let x: Tensor = this
    if (min !== undefined) x = x.less(min).choose(min, x)
    if (max !== undefined) x = x.greater(max).choose(max, x)
    return x
  }

  /** max(x, 0), with gradient 0 at 0. */
  relu<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return this.lessEqual(0).choose(0, this)
  }

  /** The same values, through which no gradient flows. */
  stopGradient<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return this.bind('stopGradient', [this], none)
  }

  private transform(this: Tensor, primitive: UnaryName): Tensor {
    return this.bind(primitive, [this.cast(floatingOf(this.dtype))], none)
  }
}
