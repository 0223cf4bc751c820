import type { Tensor } from '@neurite/tensor'

/** What all optimizers understand. */
export interface DescentOptions {
  /** Adds weightDecay · parameter to the gradient: the L2 penalty ½ · weightDecay · ‖parameter‖². Default 0. */
  readonly weightDecay?: number
  /** Climbs instead of descending. Default false. */
  readonly maximize?: boolean
}

export const descentDefaults: Required<DescentOptions> = { weightDecay: 0, maximize: false }

/** The direction of steepest ascent of the penalised objective, which a step goes against. */
export function penalized(gradient: Tensor, parameter: Tensor, settings: Required<DescentOptions>): Tensor {
  const { weightDecay, maximize } = settings
  const ascent = maximize ? gradient.negate() : gradient
  return weightDecay === 0 ? ascent : ascent.add(parameter.multiply(weightDecay))
}
