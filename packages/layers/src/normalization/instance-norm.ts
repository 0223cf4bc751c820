import {
  type DType,
  Flag,
  type Floating,
  floatingOf,
  type Shape,
  ShapeError,
  showShape,
  type Tensor,
  type Variable,
} from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import type { Module } from '../module.ts'
import type { Parameter } from '../parameters.ts'
import type { SameShape, Shaped } from '../shape-function.ts'
import { affineOf, alongChannels, checkChannelAxis, transformed } from './channels-axis.ts'
import { checkMomentum, follow, freshStatistics } from './running-statistics.ts'

export interface InstanceNormOptions {
  /** Keeps the divisor from 0. Default 1e-5. */
  readonly epsilon?: number
  /** Weight of the newest batch in the running statistics. Default 0.1. */
  readonly momentum?: number
  /** Whether there are learned factors and offsets. Default false. */
  readonly affine?: boolean
  /** Whether running statistics are kept, and used in evaluation mode. Default false. */
  readonly trackRunningStatistics?: boolean
}

/** Instance normalization of inputs with the number of axes that the subclass takes. */
abstract class InstanceNorm implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  protected abstract readonly name: string
  protected abstract readonly rank: number
  readonly training: Flag = new Flag(true)
  readonly features: number
  readonly epsilon: number
  readonly momentum: number
  readonly weight: Parameter<[number], 'float32'> | undefined
  readonly bias: Parameter<[number], 'float32'> | undefined
  readonly runningMean: Variable<[number], 'float32'> | undefined
  readonly runningVar: Variable<[number], 'float32'> | undefined
  /** Never counted, as in PyTorch; there so that state dicts have the same names. */
  readonly numBatchesTracked: Variable<[], 'int32'> | undefined

  protected constructor(name: string, features: number, options: InstanceNormOptions) {
    const { epsilon = 1e-5, momentum = 0.1, affine = false, trackRunningStatistics = false } = options
    checkInteger(name, 'features', features)
    checkMomentum(name, momentum)
    this.features = features
    this.epsilon = epsilon
    this.momentum = momentum
    const { weight, bias } = affineOf(features, affine)
    this.weight = weight
    this.bias = bias
    if (!trackRunningStatistics) return
    const { runningMean, runningVar, numBatchesTracked } = freshStatistics(features)
    this.runningMean = runningMean
    this.runningVar = runningVar
    this.numBatchesTracked = numBatchesTracked
  }

  /** @throws ShapeError unless `x` is [N, features, ...spatial] with more than one position. */
  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
    checkChannelAxis(this.name, x, { channels: this.features, ranks: [this.rank] })
    const wide: Tensor = x.cast(floatingOf(x.dtype))
    const { mean, variance } = this.#statistics(wide)
    return transformed(wide.subtract(mean).divide(variance.add(this.epsilon).sqrt()), this)
  }

  /** In a shape that broadcasts with the input. */
  #statistics(x: Tensor): { readonly mean: Tensor; readonly variance: Tensor } {
    const { runningMean, runningVar, training, momentum } = this
    const isTracking = runningMean !== undefined && runningVar !== undefined
    if (!training.on && isTracking)
      return { mean: alongChannels(runningMean.value, x.rank), variance: alongChannels(runningVar.value, x.rank) }
    const axes = (x.shape as Shape).slice(2).map((_, axis) => axis + 2)
    const count = (x.shape as Shape).slice(2).reduce((product, length) => product * length, 1)
    if (count < 2)
      throw new ShapeError(
        `${this.name}: input ${showShape(x.shape)} has one position per channel, which has no variance.`,
      )
    const mean = x.mean(axes, { keepAxes: true })
    const variance = x.variance(axes, { correction: 0, keepAxes: true })
    if (training.on && isTracking) {
      const overBatch = (statistic: Tensor): Tensor => statistic.reshape([-1, this.features]).mean(0)
      const unbiased = overBatch(variance).multiply(count / (count - 1))
      follow({ runningMean, runningVar }, { mean: overBatch(mean), variance: unbiased }, momentum)
    }
    return { mean, variance }
  }
}

/**
 * Normalizes each channel of each signal over its positions (Ulyanov, Vedaldi & Lempitsky 2016).
 *
 *     y = (x − mean) / √(variance + epsilon) · weight + bias
 *
 * x [N, C, L]; mean and (biased) variance over L, weight and bias [C] where `affine`.
 */
export class InstanceNorm1d extends InstanceNorm {
  protected readonly name = 'InstanceNorm1d'
  protected readonly rank = 3

  /**
   * @param features C.
   * @throws RangeError if it is not a positive integer, or the momentum is not in [0, 1].
   */
  constructor(features: number, options: InstanceNormOptions = {}) {
    super('InstanceNorm1d', features, options)
  }
}

/** Normalizes each channel of each image over its positions: InstanceNorm1d for x [N, C, H, W]. */
export class InstanceNorm2d extends InstanceNorm {
  protected readonly name = 'InstanceNorm2d'
  protected readonly rank = 4

  /**
   * @param features C.
   * @throws RangeError if it is not a positive integer, or the momentum is not in [0, 1].
   */
  constructor(features: number, options: InstanceNormOptions = {}) {
    super('InstanceNorm2d', features, options)
  }
}

/** Normalizes each channel of each volume over its positions: InstanceNorm1d for x [N, C, D, H, W]. */
export class InstanceNorm3d extends InstanceNorm {
  protected readonly name = 'InstanceNorm3d'
  protected readonly rank = 5

  /**
   * @param features C.
   * @throws RangeError if it is not a positive integer, or the momentum is not in [0, 1].
   */
  constructor(features: number, options: InstanceNormOptions = {}) {
    super('InstanceNorm3d', features, options)
  }
}
