import {
  type AnyShape,
  type DType,
  type Floating,
  type InterpolateOptions,
  interpolate,
  type Shape,
  type Tensor,
} from '@neurite/tensor'
import type { Module } from '../module.ts'

/**
 * Signals, images or volumes in another size: x [N, C, ...spatial] → [N, C, ...size].
 *
 * By repeating elements ('nearest', the default mode) or between neighbours ('linear': bilinear for images); see `interpolate` of
 * `@neurite/tensor`.
 */
export class Upsample implements Module {
  readonly options: InterpolateOptions

  /**
   * @param options either `size` or `scaleFactor`, one number for all spatial axes or one for each.
   * @throws TypeError unless one of the two is given.
   */
  constructor(options: InterpolateOptions) {
    if ((options.size === undefined) === (options.scaleFactor === undefined))
      throw new TypeError('Upsample: needs either size or scaleFactor.')
    this.options = options
  }

  /** @throws ShapeError if `x` has no spatial axes, or another number of them than the options. */
  forward<D extends DType>(x: Tensor<Shape, D>): Tensor<AnyShape, Floating<D>> {
    return interpolate(x, this.options)
  }
}
