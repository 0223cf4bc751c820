import type { DType, Floating } from '../dtype.ts'
import { floatingOf, isFloating } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { ascendingAxes, MovementMethods } from './movement.ts'

/** Axes that disappear: one, several, or all by default. Negative ones count from the end. */
export type Axes = number | readonly number[]

export interface ReductionOptions {
  /** Keep the reduced axes with size 1, default false. */
  readonly keepAxes?: boolean
}

export interface ExtremumOptions extends ReductionOptions {
  /** Where the gradient goes among equal extrema: shared by all (default), or to the first. */
  readonly ties?: 'share' | 'first'
}

export interface VarianceOptions extends ReductionOptions {
  /** Subtracted from the number of elements in the divisor, default 1 (unbiased). */
  readonly correction?: number
}

/** Values over some axes brought together into one. */
export abstract class ReductionMethods<S extends Shape, D extends DType> extends MovementMethods<S, D> {
  /** Bools and uint8 are summed as int32. */
  sum(this: Tensor, axes?: Axes, options?: ReductionOptions): Tensor {
    return this.counting().reduce('sum', axes, options)
  }

  /** Bools and uint8 are multiplied as int32. */
  product(this: Tensor, axes?: Axes, options?: ReductionOptions): Tensor {
    return this.counting().reduce('product', axes, options)
  }

  /** Sum by number of elements; integers give float32. */
  mean(this: Tensor, axes?: Axes, options?: ReductionOptions): Tensor {
    const x = this.cast(floatingOf(this.dtype))
    const total = x.reduce('sum', axes, options)
    return total.divide(this.countOver('mean', axes))
  }

  max(this: Tensor, axes?: Axes, options?: ExtremumOptions): Tensor {
    return this.reduce('max', axes, options)
  }

  min(this: Tensor, axes?: Axes, options?: ExtremumOptions): Tensor {
    return this.reduce('min', axes, options)
  }

  /** Position (int32) of the first largest element; of NaN if there is one. With several axes: counted row-major through them. */
  argMax(this: Tensor, axes?: Axes, options?: ReductionOptions): Tensor<any, 'int32'> {
    return this.reduce('argMax', axes, options)
  }

  /** Position (int32) of the first smallest element; of NaN if there is one. */
  argMin(this: Tensor, axes?: Axes, options?: ReductionOptions): Tensor<any, 'int32'> {
    // On integers −1 − x turns the order around without overflow, which −x does not.
    return (isFloating(this.dtype) ? this.negate() : this.not()).reduce('argMax', axes, options)
  }

  /** Σ (x − mean)² / (n − correction). */
  variance(this: Tensor, axes?: Axes, options?: VarianceOptions): Tensor {
    const deviation = this.subtract(this.mean(axes, { keepAxes: true }))
    const count = this.countOver('variance', axes)
    const divisor = Math.max(0, count - (options?.correction ?? 1))
    return deviation.square().reduce('sum', axes, options).divide(divisor)
  }

  /** √variance. */
  standardDeviation(this: Tensor, axes?: Axes, options?: VarianceOptions): Tensor {
    return this.variance(axes, options).sqrt()
  }

  /** Whether an element is not 0. */
  any(this: Tensor, axes?: Axes, options?: ReductionOptions): Tensor<any, 'bool'> {
    return this.cast('bool').counting().reduce('sum', axes, options).greater(0)
  }

  /** Whether no element is 0. */
  all(this: Tensor, axes?: Axes, options?: ReductionOptions): Tensor<any, 'bool'> {
    return this.cast('bool').not().any(axes, options).not()
  }

  /** log Σ eˣ along an axis, without overflow. */
  logSumExp(this: Tensor, axis: number, options?: ReductionOptions): Tensor {
    const x = this.cast(floatingOf(this.dtype))
    const largest = x.max(axis, { keepAxes: true })
    // An infinite maximum would give ∞ − ∞.
    const shift = largest.absolute().less(Infinity).choose(largest, 0).stopGradient()
    const result = x.subtract(shift).exp().sum(axis, { keepAxes: true }).log().add(shift)
    return options?.keepAxes ? result : result.squeeze(axis)
  }

  /** eˣ / Σ eˣ along an axis. */
  softmax<S extends Shape, D extends DType>(this: Tensor<S, D>, axis: number): Tensor<S, Floating<D>> {
    const powers: Tensor = this.belowMaximum(axis).exp()
    return powers.divide(powers.sum(axis, { keepAxes: true }))
  }

  /** x − log Σ eˣ along an axis. */
  logSoftmax<S extends Shape, D extends DType>(this: Tensor<S, D>, axis: number): Tensor<S, Floating<D>> {
    const x: Tensor = this.belowMaximum(axis)
    return x.subtract(x.exp().sum(axis, { keepAxes: true }).log())
  }

  private belowMaximum(this: Tensor, axis: number): Tensor {
    const x = this.cast(floatingOf(this.dtype))
    return x.subtract(x.max(axis, { keepAxes: true }).stopGradient())
  }

  private reduce(
    this: Tensor,
    primitive: 'sum' | 'product' | 'max' | 'min' | 'argMax',
    axes: Axes | undefined,
    options: ExtremumOptions | undefined,
  ): Tensor {
    const reduced = this.axesFor(primitive, axes)
    if (reduced.length === 0 && primitive !== 'argMax') return this
    const result =
      primitive === 'max' || primitive === 'min'
        ? this.bind(primitive, [this], { axes: reduced, ties: options?.ties ?? 'share' })
        : this.bind(primitive, [this], { axes: reduced })
    if (!options?.keepAxes) return result
    return result.reshape(Array.from(this.shape as Shape, (length, axis) => (reduced.includes(axis) ? 1 : length)))
  }

  private axesFor(this: Tensor, operation: string, axes: Axes | undefined): number[] {
    if (axes === undefined) return Array.from(this.shape, (_, axis) => axis)
    return ascendingAxes(operation, axes, this.rank)
  }

  private countOver(this: Tensor, operation: string, axes: Axes | undefined): number {
    return this.axesFor(operation, axes).reduce((count, axis) => count * this.shape[axis], 1)
  }

  private counting(this: Tensor): Tensor {
    return this.dtype === 'bool' || this.dtype === 'uint8' ? this.cast('int32') : this
  }
}
