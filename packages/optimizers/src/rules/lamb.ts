import { norm, type Tensor, tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkDecays, checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { UpdateRule } from '../update-rule.ts'
import { complementOfPower } from './bias-correction.ts'
import { movingAverage } from './moving-average.ts'
import type { DescentOptions } from './penalized-gradient.ts'

export interface LAMBOptions extends DescentOptions {
  /** Default 0.001. */
  readonly learningRate?: number
  /** Decays of the two moments, in [0, 1). Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number]
  /** Keeps the divisor from 0. Default 1e-6. */
  readonly epsilon?: number
}

const defaults: Required<LAMBOptions> = {
  learningRate: 1e-3,
  betas: [0.9, 0.999],
  epsilon: 1e-6,
  weightDecay: 0,
  maximize: false,
}

/**
 * Adam whose steps are as long as the parameter is large, for very large batches (You et al. 2020, "Large batch optimization for
 * deep learning", algorithm 2).
 *
 *     r = m̂ / (√v̂ + epsilon) + weightDecay · θ                         m̂, v̂ as in Adam
 *     θ ← θ − learningRate · ‖θ‖ / ‖r‖ · r                              the fraction is 1 where a norm is 0
 *
 * Norms are those of whole parameters. Weight decay is part of r, and not of the gradient.
 */
export class LAMB extends Optimizer {
  /** @throws RangeError if a beta is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: LAMBOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, betas, epsilon, weightDecay } = settings
    checkDecays('LAMB', { 'betas[0]': betas[0], 'betas[1]': betas[1] })
    checkNotNegative('LAMB', { epsilon, weightDecay })
    super({ name: 'LAMB', parameters, learningRate, rule: lamb(settings) })
  }
}

type Scalars = { readonly rate: Tensor; readonly first: Tensor; readonly second: Tensor }
type State = { readonly firstMoment: Tensor; readonly secondMoment: Tensor }

function lamb(settings: typeof defaults): UpdateRule<{ step: Tensor }, Scalars, State> {
  const { betas, epsilon, weightDecay, maximize } = settings
  return {
    initializeShared: () => ({ step: tensor(0, { dtype: 'int32' }) }),
    initialize: (parameter) => ({ firstMoment: zerosLike(parameter), secondMoment: zerosLike(parameter) }),
    prepare: ({ learningRate, shared }) => {
      const step = shared.step.add(1)
      const [first, second] = betas.map((beta) => complementOfPower(beta, step)) as [Tensor, Tensor]
      return { shared: { step }, scalars: { rate: learningRate, first, second } }
    },
    update: ({ parameter, gradient, state, scalars }) => {
      const g = maximize ? gradient.negate() : gradient
      const firstMoment = movingAverage(state.firstMoment, g, betas[0])
      const secondMoment = movingAverage(state.secondMoment, g.square(), betas[1])
      const divisor = secondMoment.divide(scalars.second).sqrt().add(epsilon)
      const direction = firstMoment.divide(scalars.first).divide(divisor).add(parameter.multiply(weightDecay))
      const [size, length]: Tensor[] = [norm(parameter), norm(direction)]
      const trust = size!.multiply(length!).equal(0).choose(1, size!.divide(length!))
      return {
        parameter: parameter.subtract(direction.multiply(trust.multiply(scalars.rate))),
        state: { firstMoment, secondMoment },
      }
    },
  }
}
