import { ones, type Tensor, tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkDecays, checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { UpdateRule } from '../update-rule.ts'
import { complementOfPower } from './bias-correction.ts'
import { movingAverage } from './moving-average.ts'
import { type DescentOptions, descentDefaults, penalized } from './penalized-gradient.ts'

export interface NAdamOptions extends DescentOptions {
  /** Default 0.002. */
  readonly learningRate?: number
  /** Decays of the two moments, in [0, 1). Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number]
  /** Keeps the divisor from 0. Default 1e-8. */
  readonly epsilon?: number
  /** How fast the momentum rises to β₁. Default 0.004. */
  readonly momentumDecay?: number
}

const defaults: Required<NAdamOptions> = {
  ...descentDefaults,
  learningRate: 2e-3,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  momentumDecay: 4e-3,
}

/**
 * Adam with Nesterov's momentum (Dozat 2016, "Incorporating Nesterov momentum into Adam", algorithm 2).
 *
 *     μₜ = β₁ · (1 − ½ · 0.96^(t · momentumDecay))
 *     m ← β₁ · m + (1 − β₁) · g,   v ← β₂ · v + (1 − β₂) · g²,   v̂ = v / (1 − β₂ᵗ)
 *     m̂ = μₜ₊₁ · m / (1 − μ₁ ⋯ μₜ · μₜ · μₜ₊₁) + (1 − μₜ) · g / (1 − μ₁ ⋯ μₜ)
 *     θ ← θ − learningRate · m̂ / (√v̂ + epsilon)
 *
 * That μₜ counts twice before m is PyTorch's (1.13), whose trajectories this follows; the paper has it once.
 */
export class NAdam extends Optimizer {
  /** @throws RangeError if a beta is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: NAdamOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, betas, epsilon, momentumDecay, weightDecay } = settings
    checkDecays('NAdam', { 'betas[0]': betas[0], 'betas[1]': betas[1] })
    checkNotNegative('NAdam', { epsilon, momentumDecay, weightDecay })
    super({ name: 'NAdam', parameters, learningRate, rule: nadam(settings) })
  }
}

type Shared = { readonly step: Tensor; readonly momentumProduct: Tensor }
type Scalars = { readonly ofGradient: Tensor; readonly ofMoment: Tensor; readonly correction: Tensor }
type State = { readonly firstMoment: Tensor; readonly secondMoment: Tensor }

function nadam(settings: typeof defaults): UpdateRule<Shared, Scalars, State> {
  const { betas, epsilon, momentumDecay } = settings
  const momentumAt = (step: Tensor): Tensor =>
    step
      .multiply(momentumDecay * Math.log(0.96))
      .exp()
      .multiply(-0.5 * betas[0])
      .add(betas[0])
  return {
    initializeShared: () => ({ step: tensor(0, { dtype: 'int32' }), momentumProduct: ones([]) }),
    initialize: (parameter) => ({ firstMoment: zerosLike(parameter), secondMoment: zerosLike(parameter) }),
    prepare: ({ learningRate, shared }) => {
      const step = shared.step.add(1)
      const [now, next] = [momentumAt(step), momentumAt(step.add(1))]
      const momentumProduct = shared.momentumProduct.multiply(now)
      const complement = (x: Tensor): Tensor => x.negate().add(1)
      const ofGradient = learningRate.multiply(complement(now)).divide(complement(momentumProduct))
      const ofMoment = learningRate.multiply(next).divide(complement(momentumProduct.multiply(now).multiply(next)))
      const correction = complementOfPower(betas[1], step)
      return { shared: { step, momentumProduct }, scalars: { ofGradient, ofMoment, correction } }
    },
    update: ({ parameter, gradient, state, scalars }) => {
      const g = penalized(gradient, parameter, settings)
      const firstMoment = movingAverage(state.firstMoment, g, betas[0])
      const secondMoment = movingAverage(state.secondMoment, g.square(), betas[1])
      const divisor = secondMoment.divide(scalars.correction).sqrt().add(epsilon)
      const direction = g.multiply(scalars.ofGradient).add(firstMoment.multiply(scalars.ofMoment))
      return { parameter: parameter.subtract(direction.divide(divisor)), state: { firstMoment, secondMoment } }
    },
  }
}
