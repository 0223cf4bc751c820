import type { Shape, Tensor } from '@neurite/tensor'
import { applyScaling, columnsOf, invertScaling, measure, scaleOr1 } from './scaling.ts'

export interface StandardizerState {
  readonly mean: readonly number[]
  readonly standardDeviation: readonly number[]
}

/**
 * Shifts and scales features to mean 0 and standard deviation 1, by what it has seen of the training examples:
 *
 *     y = (x − mean) / standardDeviation
 *
 * the deviation being the population's (÷ n). A feature that does not vary is only shifted.
 *
 *     const standardizer = Standardizer.fit(trainX)
 *     model.forward(standardizer.apply(x))
 */
export class Standardizer {
  readonly mean: readonly number[]
  /** 1 where a feature does not vary. */
  readonly standardDeviation: readonly number[]

  /** One fitted before, from `toJSON`. */
  constructor({ mean, standardDeviation }: StandardizerState) {
    if (mean.length !== standardDeviation.length || standardDeviation.some((deviation) => !(deviation > 0)))
      throw new RangeError('Standardizer: needs as many means as standard deviations, and these positive.')
    this.mean = mean
    this.standardDeviation = standardDeviation
  }

  /**
   * By examples [n, features].
   * @throws RangeError if there are none, or one has a missing value (NaN) or an infinite one.
   */
  static fit(examples: Tensor): Standardizer {
    const measured = columnsOf('Standardizer.fit', examples).map((values, feature) => {
      const { mean, standardDeviation } = measure(values)
      if (!Number.isFinite(standardDeviation))
        throw new RangeError(
          `Standardizer.fit: feature ${feature} has values that are missing (NaN) or infinite; leave them out or impute them first.`,
        )
      return { mean, standardDeviation: scaleOr1(standardDeviation, mean) }
    })
    return new Standardizer({
      mean: measured.map(({ mean }) => mean),
      standardDeviation: measured.map(({ standardDeviation }) => standardDeviation),
    })
  }

  /** x [..., features] → the same shape, float32. @throws ShapeError if the last axis counts other features. */
  apply<S extends Shape>(x: Tensor<S>): Tensor<S, 'float32'> {
    return applyScaling('Standardizer', x, { shift: this.mean, scale: this.standardDeviation })
  }

  /** What `apply` has changed, as it was. */
  invert<S extends Shape>(y: Tensor<S>): Tensor<S, 'float32'> {
    return invertScaling('Standardizer', y, { shift: this.mean, scale: this.standardDeviation })
  }

  toJSON(): StandardizerState {
    return { mean: this.mean, standardDeviation: this.standardDeviation }
  }
}
