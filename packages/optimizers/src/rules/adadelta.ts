import { type Tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkDecays, checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { UpdateRule } from '../update-rule.ts'
import { movingAverage } from './moving-average.ts'
import { type DescentOptions, descentDefaults, penalized } from './penalized-gradient.ts'

export interface AdadeltaOptions extends DescentOptions {
  /** Factor of the steps, which have the right size of themselves. Default 1. */
  readonly learningRate?: number
  /** Decay of the two moving averages, in [0, 1). Default 0.9. */
  readonly rho?: number
  /** Keeps the divisor from 0, and sets the size of the first steps. Default 1e-6. */
  readonly epsilon?: number
}

const defaults: Required<AdadeltaOptions> = { ...descentDefaults, learningRate: 1, rho: 0.9, epsilon: 1e-6 }

/**
 * Steps in units of the steps before, so that no learning rate is needed (Zeiler 2012, "ADADELTA", algorithm 1).
 *
 *     s ← rho · s + (1 − rho) · g²
 *     d = √(u + epsilon) / √(s + epsilon) · g
 *     u ← rho · u + (1 − rho) · d²
 *     θ ← θ − learningRate · d
 */
export class Adadelta extends Optimizer {
  /** @throws RangeError if `rho` is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: AdadeltaOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, rho, epsilon, weightDecay } = settings
    checkDecays('Adadelta', { rho })
    checkNotNegative('Adadelta', { epsilon, weightDecay })
    super({ name: 'Adadelta', parameters, learningRate, rule: adadelta(settings) })
  }
}

type State = { readonly squareAverage: Tensor; readonly squareStepAverage: Tensor }

function adadelta(settings: typeof defaults): UpdateRule<Record<never, Tensor>, { rate: Tensor }, State> {
  const { rho, epsilon } = settings
  return {
    initializeShared: () => ({}),
    initialize: (parameter) => ({ squareAverage: zerosLike(parameter), squareStepAverage: zerosLike(parameter) }),
    prepare: ({ learningRate, shared }) => ({ shared, scalars: { rate: learningRate } }),
    update: ({ parameter, gradient, state, scalars }) => {
      const g = penalized(gradient, parameter, settings)
      const squareAverage = movingAverage(state.squareAverage, g.square(), rho)
      const scale = state.squareStepAverage.add(epsilon).divide(squareAverage.add(epsilon)).sqrt()
      const step = scale.multiply(g)
      const squareStepAverage = movingAverage(state.squareStepAverage, step.square(), rho)
      return { parameter: parameter.subtract(step.multiply(scalars.rate)), state: { squareAverage, squareStepAverage } }
    },
  }
}
