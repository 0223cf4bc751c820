import { type DType, type Floating, full, prelu, type Shape, type Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { SameShape, Shaped } from '../shape-function.ts'

export interface PReLUOptions {
  /** Slopes: one for all, or one for each channel. Default 1. */
  readonly count?: number
  /** What the slopes start from. Default 0.25. */
  readonly initial?: number
}

/**
 * relu with a learned slope below 0 (He et al. 2015, eq. 1). Every other activation is a plain function of `@neurite/tensor`.
 *
 *     y = x where x > 0, weight · x elsewhere
 *
 * x [N, C, ...] → the same shape; weight [1] or [C].
 */
export class PReLU implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  readonly weight: Parameter<[number], 'float32'>

  /** @throws RangeError unless `count` is a positive integer. */
  constructor(options: PReLUOptions = {}) {
    const { count = 1, initial = 0.25 } = options
    checkInteger('PReLU', 'count', count)
    this.weight = new Parameter(full([count], initial))
  }

  /** @throws ShapeError if `x` has another number of channels than there are slopes. */
  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
    return prelu(x, this.weight.value)
  }
}
