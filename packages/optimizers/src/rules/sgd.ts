import { full, ones, type Tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { Tensors, UpdateRule } from '../update-rule.ts'
import { type DescentOptions, descentDefaults, penalized } from './penalized-gradient.ts'

export interface SGDOptions extends DescentOptions {
  /** Default 0.001. */
  readonly learningRate?: number
  /** Share of its velocity that a parameter keeps from step to step (Polyak 1964). Default 0. */
  readonly momentum?: number
  /** Share of the gradient that does not enter the velocity. Default 0. */
  readonly dampening?: number
  /** Whether a step follows the velocity that the next step would have (Sutskever et al. 2013). Default false. */
  readonly nesterov?: boolean
}

const defaults: Required<SGDOptions> = {
  ...descentDefaults,
  learningRate: 1e-3,
  momentum: 0,
  dampening: 0,
  nesterov: false,
}

/**
 * Stochastic gradient descent, with momentum where asked for.
 *
 *     v ← momentum · v + (1 − dampening) · g            but v ← g in the first step
 *     θ ← θ − learningRate · v                          nesterov: θ − learningRate · (g + momentum · v)
 */
export class SGD extends Optimizer {
  /** @throws RangeError if an option is negative, Error for nesterov without momentum or with dampening. */
  constructor(parameters: Collection<Variable>, options: SGDOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, momentum, dampening, nesterov, weightDecay } = settings
    checkNotNegative('SGD', { momentum, weightDecay })
    if (nesterov && (momentum === 0 || dampening !== 0))
      throw new Error(
        `SGD: nesterov needs momentum, without dampening; momentum is ${momentum}, dampening ${dampening}.`,
      )
    const velocities = momentum === 0 ? {} : { momentum }
    super({ name: 'SGD', parameters, learningRate, ...velocities, rule: descent(settings) })
  }
}

type Scalars = { readonly rate: Tensor; readonly intake?: Tensor; readonly momentum?: Tensor }

function descent(settings: typeof defaults): UpdateRule<Tensors, Scalars> {
  const { momentum, dampening, nesterov } = settings
  return {
    // How much of the gradient enters the velocity: all of it in the first step.
    initializeShared: () => (dampening === 0 ? {} : { intake: ones([]) }),
    initialize: (parameter) => (momentum === 0 ? {} : { velocity: zerosLike(parameter) }),
    prepare: ({ learningRate, momentum, shared }) => ({
      shared: dampening === 0 ? {} : { intake: full([], 1 - dampening) },
      scalars: { ...shared, rate: learningRate, ...(momentum && { momentum }) },
    }),
    update: ({ parameter, gradient, state, scalars: { rate, intake, momentum } }) => {
      const g = penalized(gradient, parameter, settings)
      if (state.velocity === undefined || momentum === undefined)
        return { parameter: parameter.subtract(g.multiply(rate)), state }
      const velocity = state.velocity.multiply(momentum).add(intake === undefined ? g : g.multiply(intake))
      const direction = nesterov ? g.add(velocity.multiply(momentum)) : velocity
      return { parameter: parameter.subtract(direction.multiply(rate)), state: { velocity } }
    },
  }
}
