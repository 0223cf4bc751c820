import { type Tensor, tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkDecays, checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { Tensors, UpdateRule } from '../update-rule.ts'
import { complementOfPower } from './bias-correction.ts'
import { decayed } from './decoupled-decay.ts'
import { movingAverage } from './moving-average.ts'
import { type DescentOptions, descentDefaults, penalized } from './penalized-gradient.ts'

export interface AdamOptions extends DescentOptions {
  /** Default 0.001. */
  readonly learningRate?: number
  /** Decays of the two moments, in [0, 1). Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number]
  /** Keeps the divisor from 0. Default 1e-8. */
  readonly epsilon?: number
  /** Whether v̂ is the largest so far, so that steps never grow (Reddi, Kale & Kumar 2018, algorithm 2). Default false. */
  readonly amsgrad?: boolean
}

const defaults: Required<AdamOptions> = {
  ...descentDefaults,
  learningRate: 1e-3,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  amsgrad: false,
}

/**
 * Adaptive moment estimation (Kingma & Ba 2015, algorithm 1).
 *
 *     m ← β₁ · m + (1 − β₁) · g        m̂ = m / (1 − β₁ᵗ)
 *     v ← β₂ · v + (1 − β₂) · g²       v̂ = v / (1 − β₂ᵗ)
 *     θ ← θ − learningRate · m̂ / (√v̂ + epsilon)
 */
export class Adam extends Optimizer {
  /** @throws RangeError if a beta is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: AdamOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, betas, epsilon, weightDecay } = settings
    checkDecays('Adam', { 'betas[0]': betas[0], 'betas[1]': betas[1] })
    checkNotNegative('Adam', { epsilon, weightDecay })
    super({ name: 'Adam', parameters, learningRate, rule: adam(settings) })
  }
}

/**
 * Adam with weight decay beside the gradient instead of in it (Loshchilov & Hutter 2019, algorithm 2).
 *
 *     θ ← (1 − learningRate · weightDecay) · θ, then as Adam without weight decay
 *
 * Weight decay is 0.01 by default; everything else is as in Adam.
 */
export class AdamW extends Optimizer {
  /** @throws RangeError if a beta is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: AdamOptions = {}) {
    const settings = { ...defaults, weightDecay: 0.01, ...options }
    const { learningRate, betas, epsilon, weightDecay } = settings
    checkDecays('AdamW', { 'betas[0]': betas[0], 'betas[1]': betas[1] })
    checkNotNegative('AdamW', { epsilon, weightDecay })
    const rule = adam({ ...settings, weightDecay: 0 }, weightDecay)
    super({ name: 'AdamW', parameters, learningRate, rule })
  }
}

type Scalars = { readonly rate: Tensor; readonly stepSize: Tensor; readonly epsilon: Tensor }
type State = Tensors & { readonly firstMoment: Tensor; readonly secondMoment: Tensor }

function adam(settings: typeof defaults, decoupledDecay = 0): UpdateRule<{ step: Tensor }, Scalars, State> {
  const { betas, epsilon, amsgrad } = settings
  return {
    initializeShared: () => ({ step: tensor(0, { dtype: 'int32' }) }),
    initialize: (parameter) => ({
      firstMoment: zerosLike(parameter),
      secondMoment: zerosLike(parameter),
      ...(amsgrad && { largestSecondMoment: zerosLike(parameter) }),
    }),
    prepare: ({ learningRate, shared }) => {
      const step = shared.step.add(1)
      const [first, second] = betas.map((beta) => complementOfPower(beta, step)) as [Tensor, Tensor]
      // § 2 of the paper: both corrections go into scalars, m̂ / (√v̂ + ε) = m · √second / first / (√v + ε · √second).
      const root = second.sqrt()
      const scalars = {
        rate: learningRate,
        stepSize: learningRate.multiply(root).divide(first),
        epsilon: root.multiply(epsilon),
      }
      return { shared: { step }, scalars }
    },
    update: ({ parameter, gradient, state, scalars }) => {
      const g = penalized(gradient, parameter, settings)
      const firstMoment = movingAverage(state.firstMoment, g, betas[0])
      const secondMoment = movingAverage(state.secondMoment, g.square(), betas[1])
      const largestSecondMoment = state.largestSecondMoment?.maximum(secondMoment)
      const divisor = (largestSecondMoment ?? secondMoment).sqrt().add(scalars.epsilon)
      return {
        parameter: decayed(parameter, scalars.rate, decoupledDecay).subtract(
          firstMoment.multiply(scalars.stepSize).divide(divisor),
        ),
        state: { firstMoment, secondMoment, ...(largestSecondMoment && { largestSecondMoment }) },
      }
    },
  }
}
