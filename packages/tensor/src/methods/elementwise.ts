import type { DType, Floating, Promote } from '../dtype.ts'
import { floatingOf, isFloating, promote, weakDType } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { TensorNode } from '../node.ts'
import type { Operand, OperandDType } from '../operand.ts'
import { checkWeakNumber } from '../operand.ts'
import type { BinaryName, UnaryName } from '../primitive.ts'
import type { Shape } from '../shape.ts'
import { broadcastShapes, sameShape } from '../shape.ts'
import type { Broadcast } from '../shape-types/broadcast.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'

const none: Record<never, never> = {}

/** Shape of an elementwise result. */
type Joined<S extends Shape, O extends Operand> = O extends Tensor<infer B> ? ResultShape<Broadcast<S, B>> : S
/** The operand, if its shape broadcasts with `S`. */
type Joining<S extends Shape, O extends Operand> = O extends Tensor<infer B> ? O & Fits<Broadcast<S, B>> : O
type PromotedBy<D extends DType, O extends Operand> = Promote<D, OperandDType<O, D>>

/**
 * Arithmetic, comparisons and elementary functions, element by element.
 *
 * Two operands are broadcast to a common shape and promoted to a common dtype; a number takes the tensor's (`promote`).
 * Every method of two operands throws a ShapeError where the shapes cannot be broadcast.
 */
export abstract class ElementwiseMethods<S extends Shape, D extends DType> extends TensorNode<S, D> {
  // --- arithmetic ---

  add<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('add', 'add', other)
  }

  subtract<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('subtract', 'subtract', other)
  }

  multiply<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('multiply', 'multiply', other)
  }

  /** True division: integers are divided as float32. */
  divide<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, Floating<PromotedBy<D, O>>> {
    return this.combine('divide', 'divide', other, floatingOf)
  }

  /** ⌊a / b⌋: integers stay integers, exactly. */
  floorDivide<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    const rest = this.combine('remainder', 'floorDivide', other)
    if (isFloating(rest.dtype)) return this.combine('divide', 'floorDivide', other).floor()
    return (this as Tensor).subtract(rest).combine('divide', 'floorDivide', other)
  }

  /** a − b·⌊a / b⌋: the sign of the divisor. */
  remainder<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('remainder', 'remainder', other)
  }

  power<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('power', 'power', other)
  }

  /** The larger of each pair; NaN where either is NaN. */
  maximum<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('maximum', 'maximum', other)
  }

  /** The smaller of each pair; NaN where either is NaN. */
  minimum<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('minimum', 'minimum', other)
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

  /** `min` where smaller, `max` where larger. The gradient passes at the bounds themselves. */
  clamp<S extends Shape, D extends DType>(
    this: Tensor<S, D>,
    bounds: { readonly min?: number; readonly max?: number },
  ): Tensor<S, D> {
    let x: Tensor = this
    if (bounds.min !== undefined) x = x.less(bounds.min).choose(bounds.min, x)
    if (bounds.max !== undefined) x = x.greater(bounds.max).choose(bounds.max, x)
    return x
  }

  /** max(x, 0), with gradient 0 at 0. */
  relu<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return this.lessEqual(0).choose(0, this)
  }

  // --- comparisons: bool results ---

  less<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.combine('less', 'less', other)
  }

  lessEqual<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.combine('lessEqual', 'lessEqual', other)
  }

  greater<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.combine('less', 'greater', other, undefined, true)
  }

  greaterEqual<S extends Shape, O extends Operand>(
    this: Tensor<S>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, 'bool'> {
    return this.combine('lessEqual', 'greaterEqual', other, undefined, true)
  }

  equal<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.combine('equal', 'equal', other)
  }

  notEqual<S extends Shape, O extends Operand>(this: Tensor<S>, other: Joining<S, O>): Tensor<Joined<S, O>, 'bool'> {
    return this.combine('equal', 'notEqual', other).not()
  }

  // --- bits: logical on bools, bitwise on integers ---

  and<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('and', 'and', other)
  }

  or<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('or', 'or', other)
  }

  xor<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('xor', 'xor', other)
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
    return this.combine('shiftLeft', 'shiftLeft', other)
  }

  /** Fills with zeros from the left, as `>>>` does. */
  shiftRight<S extends Shape, D extends DType, O extends Operand>(
    this: Tensor<S, D>,
    other: Joining<S, O>,
  ): Tensor<Joined<S, O>, PromotedBy<D, O>> {
    return this.combine('shiftRightLogical', 'shiftRight', other)
  }

  // --- the rest ---

  /** Float to integer truncates towards zero and saturates (NaN is 0); to bool: not 0. */
  cast<S extends Shape, E extends DType>(this: Tensor<S>, dtype: E): Tensor<S, E> {
    return this.dtype === dtype ? this : this.bind('cast', [this], { dtype })
  }

  /** The same values, through which no gradient flows. */
  stopGradient<S extends Shape, D extends DType>(this: Tensor<S, D>): Tensor<S, D> {
    return this.bind('stopGradient', [this], none)
  }

  /** @internal `where(this, a, b)`, for methods, which cannot call functions that make nodes. */
  choose(this: Tensor, a: Operand, b: Operand): Tensor {
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

  /** A primitive of two operands, brought to one shape and dtype. */
  protected combine(
    this: Tensor,
    primitive: BinaryName,
    operation: string,
    other: Operand,
    resultDType?: (dtype: DType) => DType,
    swapped?: boolean,
  ): Tensor {
    const isNumber = typeof other === 'number'
    const met = promote(this.dtype, isNumber ? weakDType(other, this.dtype) : other.dtype)
    const dtype = resultDType === undefined ? met : resultDType(met)
    const shape =
      isNumber || sameShape(this.shape, other.shape) ? this.shape : broadcastShapes(operation, this.shape, other.shape)
    const left = this.settled(operation, this, shape, dtype)
    const right = this.settled(operation, other, shape, dtype)
    return this.bind(primitive, swapped ? [right, left] : [left, right], none)
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

  private transform(this: Tensor, primitive: UnaryName): Tensor {
    return this.bind(primitive, [this.cast(floatingOf(this.dtype))], none)
  }
}

function choiceDType(a: Operand, b: Operand): DType {
  if (typeof a === 'number') {
    if (typeof b !== 'number') return promote(weakDType(a, b.dtype), b.dtype)
    return 'float32'
  }
  return promote(a.dtype, typeof b === 'number' ? weakDType(b, a.dtype) : b.dtype)
}
