import { bind } from './bind.ts'
import type { DType } from './dtype.ts'
import { checkIsDType } from './dtype.ts'
import { ShapeError, showValue } from './errors.ts'
import type { Shape } from './shape.ts'
import { checkShape, normalizeAxis } from './shape.ts'
import type { Sized } from './shape-types/mismatch.ts'
import type { Tensor } from './tensor.ts'

/** All elements 0. */
export function zeros<const S extends Shape, D extends DType = 'float32'>(
  shape: S,
  dtype?: D,
): Tensor<Sized<S>, NoInfer<D>> {
  return full(shape, 0, dtype)
}

/** All elements 1. */
export function ones<const S extends Shape, D extends DType = 'float32'>(
  shape: S,
  dtype?: D,
): Tensor<Sized<S>, NoInfer<D>> {
  return full(shape, 1, dtype)
}

/** All elements `value`. */
export function full<const S extends Shape, D extends DType = 'float32'>(
  shape: S,
  value: number,
  dtype?: D,
): Tensor<Sized<S>, NoInfer<D>> {
  checkShape('full', shape)
  if (typeof value !== 'number') throw new TypeError(`full: the value must be a number, not ${showValue(value)}.`)
  if (dtype !== undefined) checkIsDType('full', dtype)
  return bind('constant', [], { shape: [...shape], dtype: dtype ?? 'float32', value })
}

/** Zeros in the shape and dtype of `x`. */
export function zerosLike<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  return bind('constant', [], { shape: x.shape, dtype: x.dtype, value: 0 })
}

/** Ones in the shape and dtype of `x`. */
export function onesLike<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  return bind('constant', [], { shape: x.shape, dtype: x.dtype, value: 1 })
}

/** Each element its position along `axis`: 0, 1, 2, … */
export function iota<const S extends Shape, D extends DType = 'int32'>(
  shape: S,
  axis: number,
  dtype?: D,
): Tensor<Sized<S>, NoInfer<D>> {
  checkShape('iota', shape)
  if (dtype !== undefined) checkIsDType('iota', dtype)
  return bind('iota', [], {
    shape: [...shape],
    dtype: dtype ?? 'int32',
    axis: normalizeAxis('iota', axis, shape.length),
  })
}

export interface ArangeOptions<D extends DType = DType> {
  /** Default 0. */
  readonly start?: number
  /** Not reached. */
  readonly stop: number
  /** Default 1. */
  readonly step?: number
  /** Default float32. */
  readonly dtype?: D
}

/**
 * start, start + step, … before stop.
 * @throws ShapeError if `step` is 0.
 */
export function arange<D extends DType = 'float32'>(options: ArangeOptions<D>): Tensor<[number], NoInfer<D>> {
  const { start = 0, stop, step = 1, dtype } = options
  const length = Math.max(0, Math.ceil((stop - start) / step))
  if (!Number.isFinite(length))
    throw new ShapeError(`arange: from ${start} to ${stop} by ${step} has no end. The step must not be 0.`)
  const positions: Tensor = iota([length], 0, dtype ?? 'float32')
  const scaled = step === 1 ? positions : positions.multiply(step)
  return start === 0 ? scaled : scaled.add(start)
}

export interface LinspaceOptions {
  readonly start: number
  /** Reached, if there is more than one element. */
  readonly stop: number
  readonly count: number
}

/** `count` evenly spaced numbers (float32); the first and the last are exactly `start` and `stop`. */
export function linspace<const N extends number>(
  options: LinspaceOptions & { readonly count: N },
): Tensor<[N], 'float32'> {
  const { start, stop, count } = options
  const fraction: Tensor = iota([count], 0, 'float32').divide(Math.max(1, count - 1))
  return fraction.negate().add(1).multiply(start).add(fraction.multiply(stop))
}

/** The identity matrix [n, n]. */
export function eye<const N extends number, D extends DType = 'float32'>(n: N, dtype?: D): Tensor<[N, N], NoInfer<D>> {
  const isDiagonal: Tensor = iota([n, n], 0).equal(iota([n, n], 1))
  const identity: Tensor = isDiagonal.cast<Shape, DType>(dtype ?? 'float32')
  return identity
}
