import {
  type DType,
  Flag,
  type Floating,
  floatingOf,
  type Shape,
  ShapeError,
  type Tensor,
  type Variable,
} from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import type { Module } from '../module.ts'
import type { Parameter } from '../parameters.ts'
import type { SameShape, Shaped } from '../shape-function.ts'
import { affineOf, alongChannels, checkChannelAxis, transformed } from './channels-axis.ts'
import {
  type ChannelStatistics,
  checkMomentum,
  follow,
  freshStatistics,
  type StatisticsMomentum,
} from './running-statistics.ts'

export interface BatchNormOptions {
  /** Keeps the divisor from 0. Default 1e-5. */
  readonly epsilon?: number
  /** Weight of the newest batch in the running statistics; 'cumulative': all batches weigh the same. Default 0.1. */
  readonly momentum?: StatisticsMomentum
  /** Whether there are learned factors and offsets. Default true. */
  readonly affine?: boolean
  /** Whether running statistics are kept; without them evaluation uses those of its batch too. Default true. */
  readonly trackRunningStatistics?: boolean
}

/** Batch normalization of inputs with the numbers of axes that the subclass takes. */
abstract class BatchNorm implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  protected abstract readonly name: string
  protected abstract readonly ranks: readonly number[]
  readonly training: Flag = new Flag(true)
  readonly features: number
  readonly epsilon: number
  readonly momentum: StatisticsMomentum
  readonly weight: Parameter<[number], 'float32'> | undefined
  readonly bias: Parameter<[number], 'float32'> | undefined
  readonly runningMean: Variable<[number], 'float32'> | undefined
  readonly runningVar: Variable<[number], 'float32'> | undefined
  readonly numBatchesTracked: Variable<[], 'int32'> | undefined

  protected constructor(name: string, features: number, options: BatchNormOptions) {
    const { epsilon = 1e-5, momentum = 0.1, affine = true, trackRunningStatistics = true } = options
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

  /** @throws ShapeError unless `x` is [N, features, ...], while training with more than one value per channel. */
  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
    checkChannelAxis(this.name, x, { channels: this.features, ranks: this.ranks })
    const wide: Tensor = x.cast(floatingOf(x.dtype))
    const { mean, variance } = this.#statistics(wide)
    const divisor = alongChannels(variance.add(this.epsilon).sqrt(), x.rank)
    return transformed(wide.subtract(alongChannels(mean, x.rank)).divide(divisor), this)
  }

  /** Those of the batch while training, which the running ones follow; else the running ones where there are any. */
  #statistics(x: Tensor): ChannelStatistics {
    const { runningMean, runningVar } = this
    if (!this.training.on && runningMean !== undefined && runningVar !== undefined)
      return { mean: runningMean.value, variance: runningVar.value }
    const batch = this.#statisticsOf(x)
    if (runningMean === undefined || runningVar === undefined) return batch
    const count: number = x.size / this.features
    const unbiased = { mean: batch.mean, variance: batch.variance.multiply(count / (count - 1)) }
    follow({ runningMean, runningVar }, unbiased, this.#countBatch())
    return batch
  }

  #statisticsOf(x: Tensor): ChannelStatistics {
    if (this.training.on && x.size <= this.features)
      throw new ShapeError(
        `${this.name}: input [${x.shape.join(', ')}] has one value per channel, which has no variance; train on larger batches.`,
      )
    const axes = (x.shape as Shape).map((_, axis) => axis).filter((axis) => axis !== 1)
    return { mean: x.mean(axes), variance: x.variance(axes, { correction: 0 }) }
  }

  /** Counts a batch; the weight of its statistics. */
  #countBatch(): number | Tensor {
    const { numBatchesTracked, momentum } = this
    const count: Tensor = numBatchesTracked!.value.add(1)
    numBatchesTracked!.assign(count as Tensor<[], 'int32'>)
    return momentum === 'cumulative' ? count.cast('float32').reciprocal() : momentum
  }
}

/**
 * Normalizes each feature, or each channel of signals, over the batch (Ioffe & Szegedy 2015, algorithm 1).
 *
 *     y = (x − mean) / √(variance + epsilon) · weight + bias
 *
 * x [N, C] or [N, C, L]; weight and bias [C]. While training, mean and (biased) variance are those of the batch, over all axes but
 * C, and the buffers `running_mean` and `running_var` (unbiased) follow them; in evaluation mode they are used.
 */
export class BatchNorm1d extends BatchNorm {
  protected readonly name = 'BatchNorm1d'
  protected readonly ranks: readonly number[] = [2, 3]

  /**
   * @param features C.
   * @throws RangeError if it is not a positive integer, or the momentum is not in [0, 1].
   */
  constructor(features: number, options: BatchNormOptions = {}) {
    super('BatchNorm1d', features, options)
  }
}

/** Normalizes each channel of images over the batch: BatchNorm1d for x [N, C, H, W]. */
export class BatchNorm2d extends BatchNorm {
  protected readonly name = 'BatchNorm2d'
  protected readonly ranks: readonly number[] = [4]

  /**
   * @param features C.
   * @throws RangeError if it is not a positive integer, or the momentum is not in [0, 1].
   */
  constructor(features: number, options: BatchNormOptions = {}) {
    super('BatchNorm2d', features, options)
  }
}

/** Normalizes each channel of volumes over the batch: BatchNorm1d for x [N, C, D, H, W]. */
export class BatchNorm3d extends BatchNorm {
  protected readonly name = 'BatchNorm3d'
  protected readonly ranks: readonly number[] = [5]

  /**
   * @param features C.
   * @throws RangeError if it is not a positive integer, or the momentum is not in [0, 1].
   */
  constructor(features: number, options: BatchNormOptions = {}) {
    super('BatchNorm3d', features, options)
  }
}
