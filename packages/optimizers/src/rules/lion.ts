import { type Tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkDecays, checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { UpdateRule } from '../update-rule.ts'
import { decayed } from './decoupled-decay.ts'
import { movingAverage } from './moving-average.ts'
import type { DescentOptions } from './penalized-gradient.ts'

export interface LionOptions extends Pick<DescentOptions, 'maximize'> {
  /** Default 0.0001; a tenth to a third of what Adam would take. */
  readonly learningRate?: number
  /** Weight of the momentum in a step, and its decay, in [0, 1). Default [0.9, 0.99]. */
  readonly betas?: readonly [number, number]
  /** Decoupled: θ shrinks by learningRate · weightDecay · θ. Default 0. */
  readonly weightDecay?: number
}

const defaults: Required<LionOptions> = { learningRate: 1e-4, betas: [0.9, 0.99], weightDecay: 0, maximize: false }

/**
 * Steps of one size in the direction of the sign of the momentum (Chen et al. 2023, "Symbolic discovery of optimization
 * algorithms", program 1). Half the memory of Adam.
 *
 *     θ ← θ − learningRate · (sign(β₁ · m + (1 − β₁) · g) + weightDecay · θ)
 *     m ← β₂ · m + (1 − β₂) · g
 */
export class Lion extends Optimizer {
  /** @throws RangeError if a beta is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: LionOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, betas, weightDecay } = settings
    checkDecays('Lion', { 'betas[0]': betas[0], 'betas[1]': betas[1] })
    checkNotNegative('Lion', { weightDecay })
    super({ name: 'Lion', parameters, learningRate, rule: lion(settings) })
  }
}

function lion(
  settings: typeof defaults,
): UpdateRule<Record<never, Tensor>, { rate: Tensor }, { readonly momentum: Tensor }> {
  const { betas, weightDecay, maximize } = settings
  return {
    initializeShared: () => ({}),
    initialize: (parameter) => ({ momentum: zerosLike(parameter) }),
    prepare: ({ learningRate, shared }) => ({ shared, scalars: { rate: learningRate } }),
    update: ({ parameter, gradient, state, scalars }) => {
      const g = maximize ? gradient.negate() : gradient
      const direction = movingAverage(state.momentum, g, betas[0]).sign()
      const shrunk = decayed(parameter, scalars.rate, weightDecay)
      return {
        parameter: shrunk.subtract(direction.multiply(scalars.rate)),
        state: { momentum: movingAverage(state.momentum, g, betas[1]) },
      }
    },
  }
}
