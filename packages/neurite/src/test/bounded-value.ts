// What is known of a random value: needed to keep programs away from overflow and from decisions that rounding would flip.

import { bind, type DType, type Shape, type Tensor } from '@neurite/tensor'

export interface BoundedValue {
  readonly tensor: Tensor<Shape, DType>
  /** No element is larger in magnitude, and none is NaN. */
  readonly bound: number
  /** All elements are multiples of this power of two, so that sums and products of few are exact; 0 if rounding has happened. */
  readonly grain: number
}

const largestBound = 32

/** The value with its exactness checked, scaled back if it has grown. */
export function settled(tensor: Tensor, bound: number, grain: number): BoundedValue {
  if (!isFloat(tensor)) return { tensor, bound, grain: 1 }
  const exact = grain > 0 && bound / grain <= 2 ** 22 ? grain : 0
  if (bound <= largestBound) return { tensor, bound, grain: exact }
  const scale = 2 ** -Math.ceil(Math.log2(bound / 4))
  return { tensor: scaled(tensor, scale), bound: bound * scale, grain: exact * scale }
}

export function isFloat({ dtype }: Tensor): boolean {
  return dtype === 'float32' || dtype === 'float64'
}

export function constantLike({ shape, dtype }: Tensor, value: number): Tensor {
  return bind('constant', [], { shape, dtype, value })
}

export function scaled(tensor: Tensor, factor: number): Tensor {
  return bind('multiply', [tensor, constantLike(tensor, factor)], {})
}

/** |x| + least: inside the domain of logarithms, roots and divisors. */
export function awayFromZero(tensor: Tensor, least: number): Tensor {
  const size = bind('absolute', [tensor], {})
  return bind('add', [size, constantLike(size, least)], {})
}
