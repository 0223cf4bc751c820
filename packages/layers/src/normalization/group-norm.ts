import { type DType, type Floating, floatingOf, type Shape, ShapeError, showShape, type Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import type { Module } from '../module.ts'
import type { Parameter } from '../parameters.ts'
import type { SameShape, Shaped } from '../shape-function.ts'
import { affineOf, transformed } from './channels-axis.ts'

export interface GroupNormOptions {
  /** Keeps the divisor from 0. Default 1e-5. */
  readonly epsilon?: number
  /** Whether there are a learned factor and offset for each channel. Default true. */
  readonly affine?: boolean
}

/**
 * Normalizes groups of neighbouring channels of each example together, whatever the batch (Wu & He 2018).
 *
 *     y = (x − mean) / √(variance + epsilon) · weight + bias
 *
 * x [N, C, ...]; mean and (biased) variance over C / groups channels and all positions, weight and bias [C].
 */
export class GroupNorm implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  readonly groups: number
  readonly channels: number
  readonly epsilon: number
  readonly weight: Parameter<[number], 'float32'> | undefined
  readonly bias: Parameter<[number], 'float32'> | undefined

  /** @throws RangeError unless both are positive integers and the channels can be split into the groups. */
  constructor(groups: number, channels: number, options: GroupNormOptions = {}) {
    const { epsilon = 1e-5, affine = true } = options
    checkInteger('GroupNorm', 'groups', groups)
    checkInteger('GroupNorm', 'channels', channels)
    if (channels % groups !== 0)
      throw new RangeError(`GroupNorm: channels is ${channels}, which cannot be split into ${groups} groups.`)
    this.groups = groups
    this.channels = channels
    this.epsilon = epsilon
    const { weight, bias } = affineOf(channels, affine)
    this.weight = weight
    this.bias = bias
  }

  /** @throws ShapeError unless `x` is [N, channels, ...]. */
  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
    const shape: Shape = x.shape
    if (shape.length < 2 || shape[1] !== this.channels)
      throw new ShapeError(
        `GroupNorm: input ${showShape(shape)} does not fit; the layer takes [N, ${this.channels}, ...].`,
      )
    const wide: Tensor = x.cast(floatingOf(x.dtype))
    const grouped = wide.reshape([shape[0]!, this.groups, -1])
    const centred = grouped.subtract(grouped.mean(-1, { keepAxes: true }))
    const variance = centred.square().mean(-1, { keepAxes: true })
    return transformed(centred.divide(variance.add(this.epsilon).sqrt()).reshape(shape), this)
  }
}
