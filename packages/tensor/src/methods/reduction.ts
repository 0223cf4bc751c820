import type { Counted, DType, Floating } from '../dtype.ts'
import { floatingOf, isFloating } from '../dtype.ts'
import { root } from '../functions/reductions/root.ts'
import type { Shape } from '../shape.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Reduce } from '../shape-types/reduction.ts'
import type { Tensor } from '../tensor.ts'
import type { Axes } from './movement.ts'
import { ascendingAxes, MovementMethods } from './movement.ts'

export interface ReductionOptions<Keep extends boolean = boolean> {
  /** Keep the reduced axes with size 1, default false. */
  readonly keepAxes?: Keep
}

export interface ExtremumOptions<Keep extends boolean = boolean> extends ReductionOptions<Keep> {
  /** Where the gradient goes among equal extrema: shared by all (default), or to the first. */
  readonly ties?: 'share' | 'first'
}

export interface VarianceOptions<Keep extends boolean = boolean> extends ReductionOptions<Keep> {
  /** Subtracted from the number of elements in the divisor, default 1 (unbiased). */
  readonly correction?: number
}

type SomeAxes = Axes | undefined
type Reduced<S extends Shape, Which extends SomeAxes, Keep extends boolean> = ResultShape<Reduce<S, Which, Keep>>

/** Values over some axes brought together into one. */
export abstract class ReductionMethods<S extends Shape, D extends DType> extends MovementMethods<S, D> {
  /** Bools and uint8 are summed as int32. */
  sum<S extends Shape, D extends DType, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S, D>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ReductionOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, Counted<D>> {
    return this.counted().reduce('sum', 'sum', axes, options)
  }

  /** Bools and uint8 are multiplied as int32. */
  product<S extends Shape, D extends DType, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S, D>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ReductionOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, Counted<D>> {
    return this.counted().reduce('product', 'product', axes, options)
  }

  /** Sum by number of elements; integers give float32. */
  mean<S extends Shape, D extends DType, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S, D>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ReductionOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, Floating<D>> {
    const x: Tensor = this.cast(floatingOf(this.dtype))
    return x.reduce('sum', 'mean', axes, options).divide(this.countOver('mean', axes))
  }

  max<S extends Shape, D extends DType, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S, D>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ExtremumOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, D> {
    return this.reduce('max', 'max', axes, options)
  }

  min<S extends Shape, D extends DType, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S, D>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ExtremumOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, D> {
    return this.reduce('min', 'min', axes, options)
  }

  /** Position (int32) of the first largest element; of NaN if there is one. With several axes: counted row-major through them. */
  argMax<S extends Shape, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ReductionOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, 'int32'> {
    return this.reduce('argMax', 'argMax', axes, options)
  }

  /** Position (int32) of the first smallest element; of NaN if there is one. */
  argMin<S extends Shape, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ReductionOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, 'int32'> {
    // On integers −1 − x turns the order around without overflow, which −x does not.
    const reversed: Tensor = isFloating(this.dtype) ? this.negate() : this.not()
    return reversed.reduce('argMax', 'argMin', axes, options)
  }

  /** Σ (x − mean)² / (n − correction). */
  variance<S extends Shape, D extends DType, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S, D>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: VarianceOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, Floating<D>> {
    const x: Tensor = this.cast(floatingOf(this.dtype))
    const count = this.countOver('variance', axes)
    const mean = x.reduce('sum', 'variance', axes, { keepAxes: true }).divide(count)
    const total = x.subtract(mean).square().reduce('sum', 'variance', axes, options)
    return total.divide(Math.max(0, count - (options?.correction ?? 1)))
  }

  /** √variance. Where it is 0, so is its gradient. */
  standardDeviation<
    S extends Shape,
    D extends DType,
    const Which extends SomeAxes = undefined,
    Keep extends boolean = false,
  >(
    this: Tensor<S, D>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: VarianceOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, Floating<D>> {
    return root(this.variance<S, D, Which, Keep>(axes, options), 2)
  }

  /** Whether an element is not 0. */
  any<S extends Shape, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ReductionOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, 'bool'> {
    const isTrue: Tensor = this.cast('bool')
    return isTrue.counted().reduce('sum', 'any', axes, options).greater(0)
  }

  /** Whether no element is 0. */
  all<S extends Shape, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ReductionOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, 'bool'> {
    const isFalse: Tensor = this.cast('bool').not()
    return isFalse.counted().reduce('sum', 'all', axes, options).equal(0)
  }

  /** log Σ eˣ, without overflow; over all axes by default. */
  logSumExp<S extends Shape, D extends DType, const Which extends SomeAxes = undefined, Keep extends boolean = false>(
    this: Tensor<S, D>,
    axes?: Which & Fits<Reduce<S, Which>>,
    options?: ReductionOptions<Keep>,
  ): Tensor<Reduced<S, Which, Keep>, Floating<D>> {
    const x: Tensor = this.cast(floatingOf(this.dtype))
    const largest = x.reduce('max', 'logSumExp', axes, { keepAxes: true })
    // An infinite maximum would give ∞ − ∞.
    const shift = largest.absolute().less(Infinity).choose(largest, 0).stopGradient()
    const total = x.subtract(shift).exp().reduce('sum', 'logSumExp', axes, options)
    return total.log().add(options?.keepAxes ? shift : shift.reshape(total.shape))
  }

  /** eˣ / Σ eˣ along an axis. */
  softmax<S extends Shape, D extends DType, Axis extends number>(
    this: Tensor<S, D>,
    axis: Axis & Fits<Reduce<S, Axis>>,
  ): Tensor<S, Floating<D>> {
    const powers = this.belowMaximum('softmax', axis).exp()
    // One division per row instead of one per element.
    return powers.multiply(powers.reduce('sum', 'softmax', axis, { keepAxes: true }).reciprocal())
  }

  /** x − log Σ eˣ along an axis. */
  logSoftmax<S extends Shape, D extends DType, Axis extends number>(
    this: Tensor<S, D>,
    axis: Axis & Fits<Reduce<S, Axis>>,
  ): Tensor<S, Floating<D>> {
    const x = this.belowMaximum('logSoftmax', axis)
    return x.subtract(x.exp().reduce('sum', 'logSoftmax', axis, { keepAxes: true }).log())
  }

  /** x − max x, which no exponential turns into infinity. */
  private belowMaximum(this: Tensor, operation: string, axis: number): Tensor {
    const x = this.cast(floatingOf(this.dtype))
    return x.subtract(x.reduce('max', operation, axis, { keepAxes: true }).stopGradient())
  }

  private reduce(
    this: Tensor,
    primitive: 'sum' | 'product' | 'max' | 'min' | 'argMax',
    operation: string,
    axes: SomeAxes,
    options: ExtremumOptions | undefined,
  ): Tensor {
    const gone = axes === undefined ? allAxes(this.shape) : ascendingAxes(operation, axes, this.rank)
    if (gone.length === 0 && primitive !== 'argMax') return this
    const result =
      primitive === 'max' || primitive === 'min'
        ? this.bind(primitive, [this], { axes: gone, ties: options?.ties ?? 'share' })
        : this.bind(primitive, [this], { axes: gone })
    if (!options?.keepAxes) return result
    return result.reshape(Array.from(this.shape as Shape, (length, axis) => (gone.includes(axis) ? 1 : length)))
  }

  /** How many elements are brought into one. */
  private countOver(this: Tensor, operation: string, axes: SomeAxes): number {
    if (axes === undefined) return this.size
    return ascendingAxes(operation, axes, this.rank).reduce((count, axis) => count * this.shape[axis], 1)
  }

  private counted(this: Tensor): Tensor {
    return this.dtype === 'bool' || this.dtype === 'uint8' ? this.cast('int32') : this
  }
}

function allAxes(shape: Shape): number[] {
  return shape.map((_, axis) => axis)
}
