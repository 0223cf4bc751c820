import type { Shape, Tensor } from '@neurite/tensor'
import { applyScaling, columnsOf, invertScaling, scaleOr1 } from './scaling.ts'

export interface MinMaxScalerState {
  readonly minimum: readonly number[]
  readonly maximum: readonly number[]
}

/**
 * Shifts and scales features into [0, 1], by the least and largest of the training examples:
 *
 *     y = (x − minimum) / (maximum − minimum)
 *
 * A feature that does not vary is only shifted. Other examples can leave [0, 1].
 */
export class MinMaxScaler {
  readonly minimum: readonly number[]
  readonly maximum: readonly number[]

  /** One fitted before, from `toJSON`. */
  constructor({ minimum, maximum }: MinMaxScalerState) {
    if (minimum.length !== maximum.length || minimum.some((least, feature) => !(least <= maximum[feature]!)))
      throw new RangeError('MinMaxScaler: needs as many minima as maxima, none above its maximum.')
    this.minimum = minimum
    this.maximum = maximum
  }

  /**
   * By examples [n, features].
   * @throws RangeError if there are none, or one has a missing value (NaN) or an infinite one.
   */
  static fit(examples: Tensor): MinMaxScaler {
    const columns = columnsOf('MinMaxScaler.fit', examples)
    const bad = columns.findIndex((values) => !values.every(Number.isFinite))
    if (bad >= 0)
      throw new RangeError(
        `MinMaxScaler.fit: feature ${bad} has values that are missing (NaN) or infinite; leave them out or impute them first.`,
      )
    return new MinMaxScaler({
      minimum: columns.map((values) => values.reduce((a, b) => Math.min(a, b))),
      maximum: columns.map((values) => values.reduce((a, b) => Math.max(a, b))),
    })
  }

  get #scaling(): { shift: readonly number[]; scale: number[] } {
    const scale = this.maximum.map((most, feature) => scaleOr1(most - this.minimum[feature]!, most))
    return { shift: this.minimum, scale }
  }

  /** x [..., features] → the same shape, float32. @throws ShapeError if the last axis counts other features. */
  apply<S extends Shape>(x: Tensor<S>): Tensor<S, 'float32'> {
    return applyScaling('MinMaxScaler', x, this.#scaling)
  }

  /** What `apply` has changed, as it was. */
  invert<S extends Shape>(y: Tensor<S>): Tensor<S, 'float32'> {
    return invertScaling('MinMaxScaler', y, this.#scaling)
  }

  toJSON(): MinMaxScalerState {
    return { minimum: this.minimum, maximum: this.maximum }
  }
}
