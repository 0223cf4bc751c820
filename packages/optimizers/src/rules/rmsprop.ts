import { type Tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkDecays, checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { Tensors, UpdateRule } from '../update-rule.ts'
import { movingAverage } from './moving-average.ts'
import { type DescentOptions, descentDefaults, penalized } from './penalized-gradient.ts'

export interface RMSpropOptions extends DescentOptions {
  /** Default 0.01. */
  readonly learningRate?: number
  /** Decay of the moving averages, in [0, 1). Default 0.99. */
  readonly alpha?: number
  /** Keeps the divisor from 0. Default 1e-8. */
  readonly epsilon?: number
  /** Share of its velocity that a parameter keeps from step to step. Default 0. */
  readonly momentum?: number
  /** Whether gradients are divided by their standard deviation instead of their root mean square (Graves 2013, eq. 40). Default false. */
  readonly centered?: boolean
}

const defaults: Required<RMSpropOptions> = {
  ...descentDefaults,
  learningRate: 0.01,
  alpha: 0.99,
  epsilon: 1e-8,
  momentum: 0,
  centered: false,
}

/**
 * Gradients divided by a moving root mean square of theirs (Tieleman & Hinton 2012, lecture 6.5).
 *
 *     s ← alpha · s + (1 − alpha) · g²
 *     m ← alpha · m + (1 − alpha) · g                centered only; else m = 0
 *     v ← momentum · v + g / (√(s − m²) + epsilon)
 *     θ ← θ − learningRate · v
 */
export class RMSprop extends Optimizer {
  /** @throws RangeError if `alpha` is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: RMSpropOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, alpha, epsilon, momentum, weightDecay } = settings
    checkDecays('RMSprop', { alpha })
    checkNotNegative('RMSprop', { epsilon, momentum, weightDecay })
    super({ name: 'RMSprop', parameters, learningRate, rule: rmsprop(settings) })
  }
}

type State = Tensors & { readonly squareAverage: Tensor }

function rmsprop(settings: typeof defaults): UpdateRule<Record<never, Tensor>, { rate: Tensor }, State> {
  const { alpha, epsilon, momentum, centered } = settings
  return {
    initializeShared: () => ({}),
    initialize: (parameter) => ({
      squareAverage: zerosLike(parameter),
      ...(centered && { average: zerosLike(parameter) }),
      ...(momentum > 0 && { velocity: zerosLike(parameter) }),
    }),
    prepare: ({ learningRate, shared }) => ({ shared, scalars: { rate: learningRate } }),
    update: ({ parameter, gradient, state, scalars }) => {
      const g = penalized(gradient, parameter, settings)
      const squareAverage = movingAverage(state.squareAverage, g.square(), alpha)
      const average = state.average && movingAverage(state.average, g, alpha)
      // Rounding could make the variance of constant gradients negative.
      const spread = average ? squareAverage.subtract(average.square()).maximum(0) : squareAverage
      const scaled = g.divide(spread.sqrt().add(epsilon))
      const velocity = state.velocity?.multiply(momentum).add(scaled)
      return {
        parameter: parameter.subtract((velocity ?? scaled).multiply(scalars.rate)),
        state: { squareAverage, ...(average && { average }), ...(velocity && { velocity }) },
      }
    },
  }
}
