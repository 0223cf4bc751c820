import { checkNotNegative } from '../argument-checks.ts'
import { checkSteps, type ScheduleRule } from './schedule-rule.ts'

export interface LinearFactorOptions {
  /** Steps from one factor to the other. Default 5. */
  readonly steps?: number
  /** Factor of the first step. Default 1/3. */
  readonly from?: number
  /** Factor at the end and from then on. Default 1. */
  readonly to?: number
}

/**
 * base times a factor that goes from one number to another in a straight line: by default warm-up. PyTorch's LinearLR.
 * @throws RangeError unless the number of steps is a positive integer and the factors not negative.
 */
export function linearFactor({ steps = 5, from = 1 / 3, to = 1 }: LinearFactorOptions = {}): ScheduleRule {
  checkSteps('linearFactor', { steps })
  checkNotNegative('linearFactor', { from, to })
  return { rate: (step, base) => base * (from + ((to - from) * Math.min(step, steps)) / steps) }
}

export interface ConstantFactorOptions {
  /** Steps that have the factor. Default 5. */
  readonly steps?: number
  /** Default 1/3. */
  readonly factor?: number
}

/**
 * base times a factor for some steps, then base. PyTorch's ConstantLR.
 * @throws RangeError unless the number of steps is a positive integer and the factor not negative.
 */
export function constantFactor({ steps = 5, factor = 1 / 3 }: ConstantFactorOptions = {}): ScheduleRule {
  checkSteps('constantFactor', { steps })
  checkNotNegative('constantFactor', { factor })
  return { rate: (step, base) => (step < steps ? base * factor : base) }
}
