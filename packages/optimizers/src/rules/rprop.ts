import { full, type Tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { UpdateRule } from '../update-rule.ts'

export interface RpropOptions {
  /** What step sizes start from. Default 0.01. */
  readonly learningRate?: number
  /** Factors of a step size where the sign of the gradient changed and where it stayed. Default [0.5, 1.2]. */
  readonly etas?: readonly [number, number]
  /** The smallest and the largest step size. Default [1e-6, 50]. */
  readonly stepSizes?: readonly [number, number]
  /** Climbs instead of descending. Default false. */
  readonly maximize?: boolean
}

const defaults: Required<RpropOptions> = {
  learningRate: 0.01,
  etas: [0.5, 1.2],
  stepSizes: [1e-6, 50],
  maximize: false,
}

/**
 * Steps of a size of their own for each element, whatever the size of its gradient (Riedmiller & Braun 1993). For whole data sets
 * rather than batches: it trusts every sign.
 *
 *     size ← clamp(size · (eta⁺ where g · g′ > 0, eta⁻ where g · g′ < 0, else 1), smallest, largest)      g′: the gradient before
 *     θ ← θ − sign(g) · size, but no step where the sign changed
 *
 * The learning rate is the size of the first step; to set it later changes nothing.
 */
export class Rprop extends Optimizer {
  /** @throws RangeError unless 0 < etas[0] < 1 < etas[1] and the step sizes are in order. */
  constructor(parameters: Collection<Variable>, options: RpropOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, etas, stepSizes } = settings
    checkNotNegative('Rprop', { 'stepSizes[0]': stepSizes[0] })
    if (!(etas[0] > 0 && etas[0] < 1 && etas[1] > 1))
      throw new RangeError(
        `Rprop: etas are ${etas.join(', ')}; the first must lie between 0 and 1, the second above 1.`,
      )
    if (!(stepSizes[0] <= stepSizes[1]))
      throw new RangeError(`Rprop: stepSizes are ${stepSizes.join(', ')}; the smallest comes first.`)
    super({ name: 'Rprop', parameters, learningRate, rule: rprop(settings) })
  }
}

type State = { readonly gradient: Tensor; readonly stepSize: Tensor }

function rprop(settings: typeof defaults): UpdateRule<Record<never, Tensor>, Record<never, Tensor>, State> {
  const { learningRate, etas, stepSizes, maximize } = settings
  return {
    initializeShared: () => ({}),
    initialize: (parameter) => ({
      gradient: zerosLike(parameter),
      stepSize: full(parameter.shape, learningRate, parameter.dtype),
    }),
    prepare: ({ shared }) => ({ shared, scalars: {} }),
    update: ({ parameter, gradient: given, state }) => {
      const ascent = maximize ? given.negate() : given
      const agreement = ascent.multiply(state.gradient)
      const hasTurned = agreement.less(0)
      const factor: Tensor = agreement.greater(0).choose(etas[1], hasTurned.choose(etas[0], 1))
      const stepSize = state.stepSize.multiply(factor).clamp({ min: stepSizes[0], max: stepSizes[1] })
      const gradient = hasTurned.choose(0, ascent)
      return { parameter: parameter.subtract(gradient.sign().multiply(stepSize)), state: { gradient, stepSize } }
    },
  }
}
