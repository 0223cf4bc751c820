import { type DType, type Floating, ones, rmsNorm, type Shape, type Tensor } from '@neurite/tensor'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { SameShape, Shaped } from '../shape-function.ts'
import { normalizedShape } from './layer-norm.ts'

export interface RMSNormOptions {
  /** Added to the mean square. Default 2⁻²³, the precision of float32, as in PyTorch. */
  readonly epsilon?: number
  /** Whether there is a learned factor for each element. Default true. */
  readonly affine?: boolean
}

/**
 * Divides the last axes by their root mean square: layer normalization without mean and offset (Zhang & Sennrich 2019).
 *
 *     y = x / √(mean of x² + epsilon) · weight
 *
 * x [..., ...normalizedShape]; weight has the normalized shape and starts from 1.
 */
export class RMSNorm implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  readonly normalizedShape: Shape
  readonly epsilon: number
  readonly weight: Parameter | undefined

  /** @throws RangeError unless the sizes are positive integers. */
  constructor(shape: number | Shape, options: RMSNormOptions = {}) {
    const { epsilon = 2 ** -23, affine = true } = options
    this.normalizedShape = normalizedShape('RMSNorm', shape)
    this.epsilon = epsilon
    this.weight = affine ? new Parameter(ones(this.normalizedShape)) : undefined
  }

  /** @throws ShapeError if `x` does not end in the normalized shape. */
  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
    return rmsNorm(x, this.normalizedShape, { weight: this.weight?.value, epsilon: this.epsilon })
  }
}
