import { type Tensor, tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkDecays, checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { UpdateRule } from '../update-rule.ts'
import { complementOfPower } from './bias-correction.ts'
import { movingAverage } from './moving-average.ts'
import { type DescentOptions, descentDefaults, penalized } from './penalized-gradient.ts'

export interface AdamaxOptions extends DescentOptions {
  /** Default 0.002. */
  readonly learningRate?: number
  /** Decays of the mean and of the largest gradient, in [0, 1). Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number]
  /** Keeps the divisor from 0. Default 1e-8. */
  readonly epsilon?: number
}

const defaults: Required<AdamaxOptions> = {
  ...descentDefaults,
  learningRate: 2e-3,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
}

/**
 * Adam with the largest gradient so far, decaying, in the place of the root mean square (Kingma & Ba 2015, algorithm 2).
 *
 *     m ← β₁ · m + (1 − β₁) · g
 *     u ← max(β₂ · u, |g| + epsilon)
 *     θ ← θ − learningRate / (1 − β₁ᵗ) · m / u
 */
export class Adamax extends Optimizer {
  /** @throws RangeError if a beta is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: AdamaxOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, betas, epsilon, weightDecay } = settings
    checkDecays('Adamax', { 'betas[0]': betas[0], 'betas[1]': betas[1] })
    checkNotNegative('Adamax', { epsilon, weightDecay })
    super({ name: 'Adamax', parameters, learningRate, rule: adamax(settings) })
  }
}

type State = { readonly firstMoment: Tensor; readonly largest: Tensor }

function adamax(settings: typeof defaults): UpdateRule<{ step: Tensor }, { stepSize: Tensor }, State> {
  const { betas, epsilon } = settings
  return {
    initializeShared: () => ({ step: tensor(0, { dtype: 'int32' }) }),
    initialize: (parameter) => ({ firstMoment: zerosLike(parameter), largest: zerosLike(parameter) }),
    prepare: ({ learningRate, shared }) => {
      const step = shared.step.add(1)
      return { shared: { step }, scalars: { stepSize: learningRate.divide(complementOfPower(betas[0], step)) } }
    },
    update: ({ parameter, gradient, state, scalars }) => {
      const g = penalized(gradient, parameter, settings)
      const firstMoment = movingAverage(state.firstMoment, g, betas[0])
      const largest = state.largest.multiply(betas[1]).maximum(g.absolute().add(epsilon))
      const step = firstMoment.divide(largest).multiply(scalars.stepSize)
      return { parameter: parameter.subtract(step), state: { firstMoment, largest } }
    },
  }
}
