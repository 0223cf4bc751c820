import { full, type Tensor, tensor, type Variable } from '@neurite/tensor'
import { checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { Tensors, UpdateRule } from '../update-rule.ts'
import { type DescentOptions, descentDefaults, penalized } from './penalized-gradient.ts'

export interface AdagradOptions extends DescentOptions {
  /** Default 0.01. */
  readonly learningRate?: number
  /** Step t has the learning rate divided by 1 + (t − 1) · learningRateDecay. Default 0. */
  readonly learningRateDecay?: number
  /** What the sum of squares starts from. Default 0. */
  readonly initialAccumulatorValue?: number
  /** Keeps the divisor from 0. Default 1e-10. */
  readonly epsilon?: number
}

const defaults: Required<AdagradOptions> = {
  ...descentDefaults,
  learningRate: 0.01,
  learningRateDecay: 0,
  initialAccumulatorValue: 0,
  epsilon: 1e-10,
}

/**
 * Steps that shrink where gradients have been large (Duchi, Hazan & Singer 2011, "Adaptive subgradient methods", fig. 1).
 *
 *     s ← s + g²
 *     θ ← θ − learningRate / (1 + (t − 1) · learningRateDecay) · g / (√s + epsilon)
 */
export class Adagrad extends Optimizer {
  /** @throws RangeError if an option is negative. */
  constructor(parameters: Collection<Variable>, options: AdagradOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, learningRateDecay, initialAccumulatorValue, epsilon, weightDecay } = settings
    checkNotNegative('Adagrad', { learningRateDecay, initialAccumulatorValue, epsilon, weightDecay })
    super({ name: 'Adagrad', parameters, learningRate, rule: adagrad(settings) })
  }
}

function adagrad(settings: typeof defaults): UpdateRule<Tensors, { rate: Tensor }, { squareSum: Tensor }> {
  const { learningRateDecay, initialAccumulatorValue, epsilon } = settings
  return {
    initializeShared: () => (learningRateDecay === 0 ? {} : { step: tensor(0, { dtype: 'int32' }) }),
    initialize: (parameter) => ({ squareSum: full(parameter.shape, initialAccumulatorValue, parameter.dtype) }),
    prepare: ({ learningRate, shared }) => {
      if (shared.step === undefined) return { shared, scalars: { rate: learningRate } }
      const rate = learningRate.divide(shared.step.multiply(learningRateDecay).add(1))
      return { shared: { step: shared.step.add(1) }, scalars: { rate } }
    },
    update: ({ parameter, gradient, state, scalars }) => {
      const g = penalized(gradient, parameter, settings)
      const squareSum = state.squareSum.add(g.square())
      const direction = g.divide(squareSum.sqrt().add(epsilon))
      return { parameter: parameter.subtract(direction.multiply(scalars.rate)), state: { squareSum } }
    },
  }
}
