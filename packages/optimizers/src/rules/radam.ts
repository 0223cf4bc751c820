import { type Tensor, tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkDecays, checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { UpdateRule } from '../update-rule.ts'
import { complementOfPower } from './bias-correction.ts'
import { movingAverage } from './moving-average.ts'
import { type DescentOptions, descentDefaults, penalized } from './penalized-gradient.ts'

export interface RAdamOptions extends DescentOptions {
  /** Default 0.001. */
  readonly learningRate?: number
  /** Decays of the two moments, in [0, 1). Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number]
  /** Keeps the divisor from 0. Default 1e-8. */
  readonly epsilon?: number
}

const defaults: Required<RAdamOptions> = {
  ...descentDefaults,
  learningRate: 1e-3,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
}

/**
 * Adam that takes no account of the second moment until its variance is bounded, and less before it is small (Liu et al. 2020,
 * "On the variance of the adaptive learning rate and beyond", algorithm 2).
 *
 *     m̂, v̂ as in Adam,   ρ∞ = 2 / (1 − β₂) − 1,   ρₜ = ρ∞ − 2t · β₂ᵗ / (1 − β₂ᵗ)
 *     θ ← θ − learningRate · √((ρₜ − 4)(ρₜ − 2) ρ∞ / ((ρ∞ − 4)(ρ∞ − 2) ρₜ)) · m̂ / (√v̂ + epsilon)      where ρₜ > 5
 *     θ ← θ − learningRate · m̂                                                                          elsewhere
 */
export class RAdam extends Optimizer {
  /** @throws RangeError if a beta is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: RAdamOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, betas, epsilon, weightDecay } = settings
    checkDecays('RAdam', { 'betas[0]': betas[0], 'betas[1]': betas[1] })
    checkNotNegative('RAdam', { epsilon, weightDecay })
    super({ name: 'RAdam', parameters, learningRate, rule: radam(settings) })
  }
}

type Scalars = { readonly stepSize: Tensor; readonly isBounded: Tensor; readonly rectification: Tensor }
type State = { readonly firstMoment: Tensor; readonly secondMoment: Tensor }

function radam(settings: typeof defaults): UpdateRule<{ step: Tensor }, Scalars, State> {
  const { betas, epsilon } = settings
  return {
    initializeShared: () => ({ step: tensor(0, { dtype: 'int32' }) }),
    initialize: (parameter) => ({ firstMoment: zerosLike(parameter), secondMoment: zerosLike(parameter) }),
    prepare: ({ learningRate, shared }) => {
      const step = shared.step.add(1)
      const length = averagedLength(betas[1], step)
      const isBounded = length.greater(5)
      const scalars = {
        stepSize: learningRate.divide(complementOfPower(betas[0], step)),
        isBounded,
        rectification: rectificationOf(isBounded.choose(length, 6), betas[1]).multiply(
          complementOfPower(betas[1], step).sqrt(),
        ),
      }
      return { shared: { step }, scalars }
    },
    update: ({ parameter, gradient, state, scalars }) => {
      const g = penalized(gradient, parameter, settings)
      const firstMoment = movingAverage(state.firstMoment, g, betas[0])
      const secondMoment = movingAverage(state.secondMoment, g.square(), betas[1])
      const adaptive = scalars.rectification.divide(secondMoment.sqrt().add(epsilon))
      const step = firstMoment.multiply(scalars.stepSize).multiply(scalars.isBounded.choose(adaptive, 1))
      return { parameter: parameter.subtract(step), state: { firstMoment, secondMoment } }
    },
  }
}

/** ρ∞, the length of the simple average that is as sure as the moving one, after infinitely many steps. */
function limitLength(beta: number): number {
  return 2 / (1 - beta) - 1
}

/**
 * ρₜ. With L = −log β and x = t · L it is t + (coth(L/2) − 2/L) − 2/L · (x / (eˣ − 1) − 1 + x/2): as it stands in the paper, two
 * numbers of size ρ∞ would cancel.
 */
function averagedLength(beta: number, step: Tensor): Tensor {
  const rate = -Math.log(beta)
  const x = step.multiply(rate)
  const square = x.square()
  // B₂ₖ / (2k)! for k = 4, …, 1: at x = 1 the next term is 5e-8 of the sum.
  const series = [-1 / 1209600, 1 / 30240, -1 / 720, 1 / 12].reduce<Tensor>(
    (sum, coefficient) => sum.multiply(square).add(coefficient),
    square.multiply(0),
  )
  const direct = x.divide(x.expm1()).subtract(1).add(x.multiply(0.5))
  const bend = x.less(1).choose(series.multiply(square), direct)
  return step.subtract(bend.multiply(2 / rate)).add(limitLength(beta) - 2 / rate)
}

function rectificationOf(length: Tensor, beta: number): Tensor {
  const limit = limitLength(beta)
  const share = length.subtract(4).multiply(length.subtract(2)).divide(length)
  return share.multiply(limit / ((limit - 4) * (limit - 2))).sqrt()
}
